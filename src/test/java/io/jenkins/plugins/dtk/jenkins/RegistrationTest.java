package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.demo.CandlepinServer;
import io.jenkins.plugins.dtk.demo.RhsmServer;
import io.jenkins.plugins.dtk.embedded.RunOutcome.Result;
import io.jenkins.plugins.dtk.jenkins.PipelineSite.Ended;
import io.jenkins.plugins.dtk.testing.Parts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("With rhsm: 'per-run'")
class RegistrationTest {

    private static final String REGISTERED = "dtk: registered with RHSM as dtk-pipeline-";

    @TempDir
    private static Path folder;

    @AutoClose
    private static SubscribedSite subscribed;

    private static PipelineSite site;
    private static RhsmServer systems;
    private static CandlepinServer server;

    @BeforeAll
    static void start() throws Exception {
        Parts.need("docker-registry", "skopeo");
        subscribed = SubscribedSite.start(folder);
        site = subscribed.site();
        systems = subscribed.systems();
        server = subscribed.server();
    }

    @AfterEach
    void nothingIsLeft() {
        server.answer("DELETE", 0);
        systems.limit(100);
        assertThat(systems.registered()).isEmpty();
    }

    private static String pipeline(String image, String body) {
        return StepsTest.matrix(image) + StepsTest.build(image, ", rhsm: 'per-run'") + "{ node { " + body + " } }";
    }

    @Test
    void oneSystemIsRegisteredForAllImagesAndNoneWhereThereIsNothingToBuild() throws Exception {
        int before = systems.registrations();
        String pipeline = pipeline(
                "together",
                "sh 'set +x; printf %s \"$RHSM_CERTIFICATE$RHSM_CERTIFICATE_2$RHSM_CERTIFICATE_3\" >\"$DTK_TAG\";"
                        + " echo \"org=$RHSM_ORG key=$RHSM_ACTIVATIONKEY\"; cp \"$DTK_TAG\" " + folder
                        + "; cat \"$DTK_TAG\"'\n" + StepsTest.pushAnyImage());
        Ended first = site.run(pipeline);
        Ended second = site.run(pipeline);

        assertThat(first.result()).as(first.error()).isEqualTo(Result.SUCCESS);
        assertThat(second.result()).isEqualTo(Result.SUCCESS);
        assertThat(systems.registrations()).isEqualTo(before + 1);
        assertThat(first.log().lines().filter(line -> line.contains(" RHSM ") || line.endsWith(" RHSM")))
                .hasSize(2);
        assertThat(first.log().lines().filter(line -> line.startsWith(REGISTERED)))
                .singleElement()
                .asString()
                .endsWith(" for all images of this run");
        assertThat(first.log().lines().filter(line -> line.startsWith("dtk: unregistered dtk-pipeline-")))
                .hasSize(1);
        assertThat(first.log().lines().filter(line -> line.endsWith("org= key=")))
                .hasSize(4);
        for (String tag : new String[] {"5.14.0-284.45.1.el9_2.x86_64", "5.14.0-427.61.1.el9_4.aarch64"}) {
            String certificate = Files.readString(folder.resolve(tag));
            assertThat(certificate.length()).isGreaterThan(200_000);
            assertThat(certificate.strip().endsWith(server.entitlementKey().strip()))
                    .isTrue();
        }
        // The log shows the certificate, as a branch has printed it, without a line of its key.
        assertThat(first.log().contains("-----BEGIN ENTITLEMENT DATA-----")).isTrue();
        server.entitlementKey()
                .lines()
                .filter(line -> !line.startsWith("-----"))
                .forEach(line -> assertThat(first.log().contains(line)).isFalse());
    }

    @Test
    void itIsUnregisteredWhereAllBranchesFail() throws IOException {
        Ended run = site.run(pipeline("failing", "error 'this one is broken'"));

        assertThat(run.result()).isEqualTo(Result.FAILURE);
        assertThat(run.log()).contains(REGISTERED, "dtk: unregistered dtk-pipeline-");
    }

    @Test
    void itIsUnregisteredWhereTheUserEndsTheRun() throws Exception {
        Path marker = folder.resolve("started");
        CompletableFuture<Ended> ended = new CompletableFuture<>();
        Thread thread = start(pipeline("ended", "sh 'touch \"" + marker + "\"; sleep 1000'"), ended);
        await(ended, () -> Files.exists(marker));
        assertThat(systems.registered()).hasSize(1);
        thread.interrupt();

        Ended run = ended.get();
        assertThat(run.result()).isEqualTo(Result.ABORTED);
        assertThat(run.log()).contains("dtk: unregistered dtk-pipeline-");
    }

    @Test
    void aUserWhoEndsTheRunDoesNotWaitForTheRegistrationWhichIsUndone() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        server.hold("POST", open);
        try {
            CompletableFuture<Ended> ended = new CompletableFuture<>();
            Thread thread = start(pipeline("slow", "echo 'not reached'"), ended);
            await(ended, () -> server.waiting() > 0);
            thread.interrupt();

            Ended run = ended.get();
            assertThat(run.result()).isEqualTo(Result.ABORTED);
            assertThat(run.log())
                    .containsPattern("dtk: this build ends while dtk-pipeline-1-[0-9a-f]{8} is registered with RHSM")
                    .doesNotContain("not reached");
            assertThat(systems.registered()).isEmpty();
        } finally {
            open.countDown();
        }
        while (server.waiting() > 0) {
            Thread.sleep(50);
        }
        // What was under way, and what the keeper asks for, are one system.
        subscribed.awaitNoSystem();
    }

    private static void await(CompletableFuture<Ended> ended, BooleanSupplier isReady) throws Exception {
        while (!isReady.getAsBoolean()) {
            assertThat(ended).as("the run, which goes on until it is ended").isNotDone();
            Thread.sleep(50);
        }
    }

    private static Thread start(String pipeline, CompletableFuture<Ended> ended) {
        Thread thread = new Thread(() -> {
            try {
                ended.complete(site.run(pipeline));
            } catch (IOException | RuntimeException e) {
                ended.completeExceptionally(e);
            }
        });
        thread.start();
        return thread;
    }

    @Test
    void aWrongKeyIsToldInOneLineBeforeAnythingIsBuilt() throws IOException {
        Ended run = site.run(
                pipeline("wrong", "echo 'not reached'"), Map.of("rhsm-activation-key", "another-key-of-tests"));

        assertThat(run.result()).isEqualTo(Result.FAILURE);
        assertThat(run.error())
                .startsWith("ERROR: dtkBuild: Tried to register the system dtk-pipeline-")
                .endsWith("it answered 401: None of the activation keys specified exist for this org.");
        assertThat(run.log())
                .doesNotContain("not reached")
                .doesNotContain("another-key")
                .doesNotContain("\tat ");
    }

    @Test
    void aLimitThatIsReachedIsToldInOneLineWithoutTheKey() throws IOException {
        systems.limit(0);
        Ended run = site.run(pipeline("limited", "echo 'not reached'"));

        assertThat(run.error()).endsWith("it answered 403: Max Hosts (0) reached for activation key '****'");
        assertThat(run.log()).doesNotContain("not reached");
    }

    @Test
    void anOrganisationWithoutSimpleContentAccessIsToldAndTheSystemIsUnregistered() throws Exception {
        try (CandlepinServer other = CandlepinServer.start(systems)) {
            other.withoutSimpleContentAccess();
            site.subscribeAt(other.url(), other.certificate());
            Ended run = site.run(pipeline("closed", "echo 'not reached'"));

            assertThat(run.error()).contains("let the organisation have simple content access");
            assertThat(run.log()).contains("dtk: unregistered dtk-pipeline-").doesNotContain("not reached");
        } finally {
            subscribed.subscribe();
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            satellite.lab/rhsm              |                        | field 'Subscription service': not the address of a subscription service: 'satellite.lab/rhsm'
            http://satellite.lab/rhsm       |                        | field 'Subscription service': not the address of a subscription service: 'http://satellite.lab/rhsm'
            https://satellite.lab/rhsm      | /etc/pki/satellite.pem | field 'Trusted certificates':
            """)
    void aServiceThatIsSetWronglyIsSaidInOneLineBeforeAnythingIsBuilt(String url, String ca, String reason)
            throws Exception {
        site.subscribeAt(url, ca);
        try {
            for (String how : new String[] {", rhsm: 'per-run'", ""}) {
                Ended run = site.run(
                        StepsTest.matrix("wrongly") + StepsTest.build("wrongly", how) + "{ echo 'not reached' }");
                assertThat(run.error())
                        .contains("Manage Jenkins > System > Driver Toolkit")
                        .contains(reason);
                assertThat(run.log()).doesNotContain("not reached").doesNotContain("\tat ");
            }
        } finally {
            subscribed.subscribe();
        }
    }

    @Test
    void aLostAnswerIsToldAndLeavesOneSystemWhichIsUsed() throws Exception {
        int before = systems.registrations();
        server.loseAnswers("POST", 1);
        Ended run = site.run(pipeline("lost", StepsTest.pushAnyImage()));

        assertThat(run.result()).as(run.error()).isEqualTo(Result.SUCCESS);
        assertThat(systems.registrations()).isEqualTo(before + 1);
        assertThat(run.log())
                .containsPattern("dtk: an answer of RHSM was lost, asking for the identity of dtk-pipeline-[^:]*: it"
                        + " answered 502\n")
                .contains(REGISTERED, "dtk: unregistered dtk-pipeline-");
    }

    @Test
    void aSystemThatCannotBeUnregisteredIsNamedTheResultStaysAndTheNextRunUnregistersIt() throws Exception {
        server.answer("DELETE", 502);
        Ended run = site.run(pipeline("stays", StepsTest.pushAnyImage()));

        assertThat(run.result()).as(run.error()).isEqualTo(Result.SUCCESS);
        String name = systems.registered().get(0);
        assertThat(run.log())
                .containsPattern("dtk: warning: still registered with RHSM, tried again at the end of this and of later"
                        + " builds: " + name + " \\([0-9a-f-]{36}\\) at " + server.url()
                        + ": Tried to unregister the system " + name
                        + " .*: it answered 502");
        server.answer("DELETE", 0);
        site.run(pipeline("next", StepsTest.pushAnyImage()));
        subscribed.awaitNoSystem();
    }
}
