package io.jenkins.plugins.dtk.rhsm;

import static io.jenkins.plugins.dtk.testing.ReplyText.reply;
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
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            a page for people         | 200 <html><b>Welcome,␊ key</b></html> | the answer is not usable JSON (line 1, column 1); it begins with 'Welcome, ****'
            nothing                   | 200                             | the answer is not a JSON object: it is empty; it begins with ''
            text behind the answer    | 200 {"uuid":"a-b"} key          | the answer is not usable JSON: there is text behind the document; it begins with '{"uuid":"a-b"} ****'
            a number                  | 200 7                           | the answer is not a JSON object; it begins with '7'
            JSON without bottom       | 200 ([)*100000                  | the answer is not a JSON object; it begins with 'NESTED...'
            a uuid that is a path     | 200 {"uuid":"../owners"}        | the answer names no uuid; whether it is registered is unknown: look for dtk-one there
            no identity               | 200 {"uuid":"a-b","idCert":null} | the answer holds no usable identity; whether it is registered is unknown: look for dtk-one there
            a key that is none        | 200 {"uuid":"a-b","idCert":{"cert":"x","key":"-----BEGIN PRIVATE KEY-----AAAA-----END PRIVATE KEY-----"}} | the answer holds no usable identity; whether it is registered is unknown: look for dtk-one there
            something huge            | 200 (x)*5242880                 | the answer is larger than 4 MiB; whether it is registered is unknown: look for it there
            something endless         | 200 (x)*65536 ~ endless         | the answer is larger than 4 MiB; whether it is registered is unknown: look for it there
            a refusal that is a page  | 403 <h1>Access\u0007 denied</h1> | it answered 403: 'Access denied'
            an error of a Satellite   | 422 {"displayMessage":null,"errors":["no key"]} | it answered 422: no ****
            a status of its own       | 299                             | it answered 299
            """)
    void isToldInOneLineAndAskedOnce(String name, String reply, String reason) throws Exception {
        try (ScriptedServer server = ScriptedServer.start(identity.context())) {
            server.on("POST", POST, reply(reply));
            Failure failure = RhsmTest.failure(() -> register(server));
            assertThat(failure)
                    .hasMessage("Tried to register the system dtk-one at " + server.address() + " but failed because: "
                            + reason.replace("NESTED", "[".repeat(160)));
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
