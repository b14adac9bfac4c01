package io.jenkins.plugins.dtk.registry;

import static io.jenkins.plugins.dtk.registry.Scripted.image;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.testing.ScriptedReply;
import io.jenkins.plugins.dtk.testing.ScriptedServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RandomFaultsTest {

    private static final int RUNS = Integer.getInteger("dtk.random.registries", 500);

    /** Everything that goes wrong on the way from a registry, whether the image is there or not. */
    private static final List<Supplier<ScriptedReply>> FAULTS = List.of(
            () -> ScriptedReply.status(429),
            () -> ScriptedReply.status(500),
            () -> ScriptedReply.status(502).body("<html>Bad Gateway</html>"),
            () -> ScriptedReply.status(404).body("<html>not found</html>"),
            () -> ScriptedReply.status(403).body("denied"),
            () -> ScriptedReply.status(401),
            () -> ScriptedReply.status(200),
            () -> ScriptedReply.status(200).body("<html>please log in</html>"),
            () -> Scripted.index().cutAfter(0),
            () -> Scripted.index().cutAfter(30),
            () -> Scripted.index().body(Scripted.EMPTY_INDEX.replace("[]", "[ ]")),
            () -> Scripted.index().declaring(9).cutAfter(9),
            () -> ScriptedReply.status(302).header("Location", "https://127.0.0.1:1/blob"),
            () -> ScriptedReply.status(302).header("Location", "ftp://x"));

    @Test
    void neverLeadToAWrongAnswerOnlyToTheTrueOneOrAFailure() throws Exception {
        Random random = new Random(Long.getLong("dtk.random.seed", 42));
        int answers = 0;
        for (int run = 0; run < RUNS; run++) {
            answers += run(random, random.nextBoolean()) ? 1 : 0;
        }
        assertThat(answers).isGreaterThan(RUNS / 4);
        assertThat(RUNS - answers).isGreaterThan(RUNS / 20);
    }

    /** Asks a server of its own, as a host remembers what it said; whether there was an answer, which is the true one. */
    private static boolean run(Random random, boolean there) throws Exception {
        try (ScriptedServer server = ScriptedServer.start()) {
            ScriptedReply truth = there ? Scripted.index() : ScriptedReply.error(404, "MANIFEST_UNKNOWN", "unknown");
            server.on("GET", "/v2/acme/.*", request -> faulty(random, truth));
            server.on("GET", "/v2/", request -> faulty(random, ScriptedReply.status(200)));
            RegistryClient client =
                    Scripted.client(server).pause(Duration.ofNanos(1)).build();
            Optional<Manifest> found = client.findManifest(image(server, "acme/x:1"));
            assertThat(found.isPresent()).isEqualTo(there);
            found.ifPresent(manifest -> assertThat(manifest.bytes()).isEqualTo(Scripted.bytes(Scripted.EMPTY_INDEX)));
            return true;
        } catch (Failure e) {
            assertThat(e.getMessage())
                    .startsWith("Tried to read the manifest of ")
                    .doesNotContain("\n");
            return false;
        }
    }

    private static ScriptedReply faulty(Random random, ScriptedReply truth) {
        synchronized (random) {
            return random.nextInt(3) == 0
                    ? FAULTS.get(random.nextInt(FAULTS.size())).get()
                    : truth;
        }
    }
}
