package io.jenkins.plugins.dtk.rhsm;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.http.HttpSettings;
import io.jenkins.plugins.dtk.testing.ScriptedReply;
import io.jenkins.plugins.dtk.testing.ScriptedServer;
import io.jenkins.plugins.dtk.testing.SelfSigned;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A subscription service that answers badly")
class HostileRhsmTest {

    private static final String POST = "/subscription/consumers.*";

    private static SelfSigned identity;

    @AutoClose
    private static ScriptedServer elsewhere;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        identity = SelfSigned.create(folder, "ip:127.0.0.1");
        elsewhere = ScriptedServer.start(identity.context());
    }

    static Stream<Arguments> answers() {
        String nested = "[".repeat(100_000);
        return Stream.of(
                Arguments.of(
                        "a page for people",
                        ScriptedReply.status(200).body("<html><b>Welcome,\n key</b></html>"),
                        "the answer is not usable JSON (line 1, column 1); it begins with 'Welcome, ****'"),
                Arguments.of(
                        "nothing",
                        ScriptedReply.status(200),
                        "the answer is not a JSON object: it is empty; it begins with ''"),
                Arguments.of(
                        "text behind the answer",
                        ScriptedReply.json(200, "{\"uuid\":\"a-b\"} key"),
                        "the answer is not usable JSON: there is text behind the document; it begins with"
                                + " '{\"uuid\":\"a-b\"} ****'"),
                Arguments.of(
                        "a number",
                        ScriptedReply.json(200, "7"),
                        "the answer is not a JSON object; it begins with '7'"),
                Arguments.of(
                        "JSON without bottom",
                        ScriptedReply.json(200, nested),
                        "the answer is not a JSON object; it begins with '" + "[".repeat(160) + "...'"),
                Arguments.of(
                        "a uuid that is a path",
                        ScriptedReply.json(200, "{\"uuid\":\"../owners\"}"),
                        "the answer names no uuid; whether it is registered is unknown: look for dtk-one there"),
                Arguments.of(
                        "no identity",
                        ScriptedReply.json(200, "{\"uuid\":\"a-b\",\"idCert\":null}"),
                        "the answer holds no usable identity; whether it is registered is unknown: look for dtk-one"
                                + " there"),
                Arguments.of(
                        "a key that is none",
                        ScriptedReply.json(
                                200,
                                "{\"uuid\":\"a-b\",\"idCert\":{\"cert\":\"x\",\"key\":\"-----BEGIN PRIVATE"
                                        + " KEY-----AAAA-----END PRIVATE KEY-----\"}}"),
                        "the answer holds no usable identity; whether it is registered is unknown: look for dtk-one"
                                + " there"),
                Arguments.of(
                        "something huge",
                        ScriptedReply.status(200).body("x".repeat(5 << 20)),
                        "the answer is larger than 4 MiB; whether it is registered is unknown: look for it there"),
                Arguments.of(
                        "something endless",
                        ScriptedReply.status(200).body("x".repeat(1 << 16)).endless(),
                        "the answer is larger than 4 MiB; whether it is registered is unknown: look for it there"),
                Arguments.of(
                        "a refusal that is a page",
                        ScriptedReply.status(403).body("<h1>Access\u0007 denied</h1>"),
                        "it answered 403: 'Access denied'"),
                Arguments.of(
                        "an error of a Satellite",
                        ScriptedReply.json(422, "{\"displayMessage\":null,\"errors\":[\"no key\"]}"),
                        "it answered 422: no ****"),
                Arguments.of("a status of its own", ScriptedReply.status(299), "it answered 299"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void isToldInOneLineAndAskedOnce(String name, ScriptedReply reply, String reason) throws Exception {
        try (ScriptedServer server = ScriptedServer.start(identity.context())) {
            server.on("POST", POST, reply);
            Failure failure = RhsmTest.failure(() -> register(server));
            assertThat(failure)
                    .hasMessage("Tried to register the system dtk-one at " + server.address() + " but failed because: "
                            + reason);
            assertThat(server.count("POST", POST)).isEqualTo(1);
        }
    }

    @Test
    void isNotFollowedToAnotherHost() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(identity.context())) {
            String there = "https://" + elsewhere.address() + "/subscription/consumers?owner=org&with=a%20key%2Fb";
            server.on("POST", POST, ScriptedReply.status(307).header("Location", there));
            Failure failure = RhsmTest.failure(() -> rhsm(server).register("dtk-one", "org", "a key/b", lost -> {}));
            assertThat(failure.kind()).isEqualTo(Kind.INVALID);
            assertThat(failure)
                    .hasMessageContaining("it redirected to 'https://")
                    .hasMessageContaining("do not go");
            assertThat(failure.getMessage()).doesNotContain("key%2F", "a%20key");
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void orNotAtAllMayHaveRegisteredTheSystemAndIsAskedForItsIdentity() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(identity.context())) {
            server.on("POST", POST, ScriptedReply.silence());
            List<String> lost = new ArrayList<>();
            Failure failure = RhsmTest.failure(
                    () -> rhsm(server, Duration.ofSeconds(2)).register("dtk-one", "the org", "key", lost::add));
            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(failure)
                    .hasMessageContaining(server.address() + " did not answer within 2 s; whether it is registered is")
                    .hasMessageEndingWith("unknown: look for it there");
            assertThat(lost).isNotEmpty().containsOnly(server.address() + " did not answer within 2 s");
        }
    }

    @Test
    void thatIsNotThereIsNotTakenForARefusal() throws Exception {
        ScriptedServer gone = ScriptedServer.start(identity.context());
        gone.close();
        Failure failure = RhsmTest.failure(() -> register(gone));
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure).hasMessageEndingWith("cannot connect to " + gone.address());
    }

    private static void register(ScriptedServer server) throws Exception {
        rhsm(server).register("dtk-one", "the org", "key", lost -> {});
    }

    private static Rhsm rhsm(ScriptedServer server) throws Exception {
        return rhsm(server, Duration.ofSeconds(60));
    }

    private static Rhsm rhsm(ScriptedServer server, Duration timeout) throws Exception {
        return new Rhsm(
                Rhsm.url("https://" + server.address() + "/subscription"),
                HttpSettings.standard().trusting(identity.certificate()).patience(timeout, Duration.ofMillis(10)));
    }
}
