package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.demo.CandlepinServer;
import io.jenkins.plugins.dtk.demo.RhsmServer;
import io.jenkins.plugins.dtk.embedded.RunOutcome.Result;
import io.jenkins.plugins.dtk.jenkins.PipelineSite.Ended;
import io.jenkins.plugins.dtk.testing.Parts;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The builds register here as resources/dtk-rhsm.sh does, and say the same. */
@DisplayName("A build that registers a system for its image and does not unregister it")
class ImageRegistrationTest {

    private static final String NAME = "dtk-5.14.0-427.61.1.el9_4.x86_64-0123456789ab";

    @TempDir
    private static Path folder;

    @AutoClose
    private static SubscribedSite subscribed;

    private static PipelineSite site;
    private static RhsmServer systems;
    private static CandlepinServer server;

    @BeforeAll
    static void start() throws Exception {
        Parts.need("docker-registry", "skopeo", "curl");
        subscribed = SubscribedSite.start(folder);
        site = subscribed.site();
        systems = subscribed.systems();
        server = subscribed.server();
    }

    @AfterEach
    void nothingIsLeft() throws InterruptedException {
        server.answer("DELETE", 0);
        subscribed.awaitNoSystem();
    }

    /** What one build does and says; the others do nothing at RHSM. */
    private static Ended run(String image, String url, String after) throws Exception {
        String register =
                """
                set +x
                [ "$DTK_TAG" = 5.14.0-427.61.1.el9_4.x86_64 ] || exit 0
                hardware=$(printf %s NAME | sha256sum |
                    sed 's/^\\\\(.\\\\{8\\\\}\\\\)\\\\(.\\\\{4\\\\}\\\\)\\\\(.\\\\{4\\\\}\\\\)\\\\(.\\\\{4\\\\}\\\\)\\\\(.\\\\{12\\\\}\\\\).*/\\\\1-\\\\2-\\\\3-\\\\4-\\\\5/')
                echo "#9 1.234 dtk: registering with RHSM at URL: NAME"
                printf '%s\\\\n' "$RHSM_ORG" "$RHSM_ACTIVATIONKEY" NAME "$hardware" |
                    curl --silent --fail --data-binary @- SYSTEMS/register >/dev/null
                """
                        .replace("NAME", NAME)
                        .replace("URL", url)
                        .replace("SYSTEMS", systems.url());
        return site.run(StepsTest.matrix(image) + StepsTest.build(image, "") + "{ node { sh '''" + register + after
                + "'''\n" + StepsTest.pushAnyImage() + " } }");
    }

    @ParameterizedTest(name = "because it {0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            could not be sure | unsure | echo "dtk: warning: perhaps still registered with RHSM at URL: NAME: late"
            was killed        | killed | kill -9 $$
            """)
    void isUnregisteredAtTheEndOfTheRun(String reason, String image, String after) throws Exception {
        int before = systems.registrations();
        Ended run = run(image, server.url(), after.replace("URL", server.url()).replace("NAME", NAME));

        assertThat(systems.registrations()).as(run.log()).isEqualTo(before + 1);
        assertThat(run.log()).containsPattern("dtk: unregistered " + NAME + " \\([0-9a-f-]{36}\\) from RHSM\n");
        assertThat(systems.registered()).isEmpty();
    }

    @Test
    void isTriedAgainAtTheEndOfTheNextRunWhichNeedNotBuildAnything() throws Exception {
        server.answer("DELETE", 502);
        Ended first = run("again", server.url(), "");

        assertThat(first.result()).as(first.error()).isEqualTo(Result.SUCCESS);
        assertThat(first.log())
                .containsPattern("dtk: warning: still registered with RHSM, tried again at the end of this and of later"
                        + " builds: " + NAME + " \\([0-9a-f-]{36}\\) at " + server.url() + ": Tried to unregister the"
                        + " system " + NAME + " .*: it answered 502");
        assertThat(systems.registered()).containsExactly(NAME);

        server.answer("DELETE", 0);
        // The service it was registered with, not the one that is set by now.
        site.subscribeAt("https://127.0.0.1:1/other", server.certificate());
        try {
            Ended next = site.run(StepsTest.matrix("again") + StepsTest.build("again", "") + "{ }");
            assertThat(next.result()).as(next.error()).isEqualTo(Result.SUCCESS);
            nothingIsLeft();
        } finally {
            subscribed.subscribe();
        }
    }

    @Test
    void isNotLookedForWhereItSaysThatNothingIsRegistered() throws Exception {
        int before = systems.registrations();
        Ended run = run("refused", server.url(), "echo \"dtk: not registered with RHSM: " + NAME + "\"");

        assertThat(run.log()).doesNotContain("still registered", "from RHSM\n");
        assertThat(systems.registrations()).isEqualTo(before + 1);
        systems.forget(NAME);
    }

    @Test
    void isNamedAndNoSecretIsSentWhereItsServiceIsNotTheOneThatIsSet() throws Exception {
        try (RhsmServer otherSystems = RhsmServer.start(PipelineSite.ORG, PipelineSite.KEY);
                CandlepinServer other = CandlepinServer.start(otherSystems)) {
            Ended run = run("elsewhere", other.url(), "");

            assertThat(run.result()).as(run.error()).isEqualTo(Result.SUCCESS);
            assertThat(run.log())
                    .contains("dtk: warning: still registered with RHSM: " + NAME + ", if it is registered at "
                            + other.url() + ": that is not the subscription service that is set in Manage Jenkins >"
                            + " System > Driver Toolkit, so it is not asked for it: remove it there by hand");
            assertThat(otherSystems.registrations()).isZero();
        }
        systems.forget(NAME);
    }
}
