package io.jenkins.plugins.dtk.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.jenkins.plugins.dtk.driver.DriverMatrix;
import io.jenkins.plugins.dtk.driver.KnownFailures;
import io.jenkins.plugins.dtk.driver.Outcome;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.plan.BuildPlan.BuildChoice;
import io.jenkins.plugins.dtk.release.ReleaseSources;
import io.jenkins.plugins.dtk.site.SiteSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The toolkits that a driver's image may be built in")
class DriverToolkitsTest {

    private static final String KERNEL = "5.14.0-427.61.1.el9_4.aarch64+64k";
    private static final String DIGEST = "@sha256:" + "1".repeat(64);
    private static final String OTHER = "@sha256:" + "2".repeat(64);
    private static final String RELEASES = "quay.io/openshift-release-dev/ocp-v4.0-art-dev" + DIGEST;
    private static final String OURS = "registry.lab:5000/acme/toolkits" + OTHER;

    private static BuildPlan plan(String others, String why) {
        String matrix =
                """
                {"version": "3", "targets": [{"kernel": "%s", "rhel": "9.4", "stream": "rhel-9", "releases": ["4.18.6"],
                 "tags": ["3"], "state": "missing", "toolkit": "%s"%s, "why": "%s"}]}"""
                        .formatted(KERNEL, RELEASES, others, why);
        SiteSettings settings = new SiteSettings(
                ReleaseSources.of(null, null),
                Set.of("mirror.lab:5000", "second.lab"),
                Set.of(),
                Map.of(),
                Map.of("quay.io", List.of("mirror.lab:5000/quay"), "registry.lab:5000", List.of("second.lab")),
                "",
                0,
                HttpClient::newBuilder);
        return DriverBuilds.of(
                DriverMatrix.find(matrix),
                ImageReference.parse("quay.io/acme/acme-nic"),
                settings.places(),
                new BuildChoice(Rebuild.MISSING, 0, false),
                KnownFailures.in(null));
    }

    private static final String BOTH = ", \"otherToolkits\": [\"" + OURS + "\"]";

    private static Map<String, String> variables(String others) {
        return plan(others, "").builds().get(0).variables();
    }

    /** What the script says of these variables, and which toolkits it takes, each with its name and its mirrors. */
    private static List<String> taken(Map<String, String> variables) throws Exception {
        String script =
                """
                registry_user= registry_password=
                fail() { printf '%%s\\n' "$*"; exit 1; }
                %s
                %s
                check_driver
                while echo "$DTK_TOOLKIT as $DTK_TOOLKIT_NAME from ${DTK_BASE_MIRRORS-}"; do next_toolkit || exit 0; done
                """
                        .formatted(file("dtk-check.sh"), functions());
        ProcessBuilder shell = new ProcessBuilder("sh", "-uc", script);
        shell.environment().keySet().removeIf(name -> name.startsWith("DTK_"));
        shell.environment().putAll(variables);
        Process process = shell.redirectErrorStream(true).start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private static String file(String name) throws IOException {
        try (InputStream file = AgentScript.class.getResourceAsStream("agent/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Those of the script that check what is given and take the next toolkit. */
    private static String functions() throws IOException {
        String script = file("dtk-driver.sh");
        StringBuilder functions = new StringBuilder();
        for (String name : List.of("check_driver", "next_toolkit")) {
            int start = script.indexOf(name + "() {\n");
            functions.append(script, start, script.indexOf("\n}\n", start) + 3);
        }
        return functions.toString();
    }

    @Test
    @DisplayName(
            "are given to the script in their order, each with its mirrors, and all registries as they are reached")
    void variables() throws Exception {
        Map<String, String> variables = variables(BOTH);

        assertThat(variables)
                .contains(entry("DTK_TOOLKIT", RELEASES), entry("DTK_PLAIN_HTTP", "mirror.lab:5000 second.lab"));
        assertThat(taken(variables))
                .containsExactly(
                        RELEASES + " as " + RELEASES
                                + " from mirror.lab:5000/quay/openshift-release-dev/ocp-v4.0-art-dev",
                        OURS + " as " + OURS + " from second.lab/acme/toolkits");
    }

    @Test
    @DisplayName("are one where a matrix that was stored before names no others")
    void alone() throws Exception {
        assertThat(variables("")).doesNotContainKey("DTK_OTHER_TOOLKITS");
        assertThat(taken(variables(""))).hasSize(1);
    }

    @ParameterizedTest
    @DisplayName("are refused by the script before anything is pulled where one is malformed")
    @CsvSource({"quay.io/a/b:1", "quay.io/a/b@sha256:12 quay.io/a/b@sha256:12", "$(id)", "--all"})
    void malformed(String others) throws Exception {
        Map<String, String> variables = new HashMap<>(variables(BOTH));
        variables.put("DTK_OTHER_TOOLKITS", others);

        assertThat(taken(variables)).singleElement().asString().startsWith("DTK_OTHER_TOOLKITS is malformed: '");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("decide how an image ends for which none has the kernel")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            all were tried                              |                         | no toolkit | it lacks it
            a registry did not say whether there is one | registry.lab is silent  | failed     | it lacks it; whether there is another toolkit is unknown: registry.lab is silent
            """)
    void none(String what, String unknown, String outcome, String reason) {
        BuildLedger ledger =
                new BuildLedger("quay.io/acme/acme-nic", plan(BOTH, unknown == null ? "" : unknown), false);
        ledger.branchTook(KERNEL, OURS);
        ledger.branchTook(KERNEL, "quay.io/acme/of-someone-else" + DIGEST);
        ledger.branchCameTo(KERNEL, Outcome.NO_TOOLKIT, "it lacks it");
        ledger.branchEnded(KERNEL, "script returned exit code 1");

        List<String> ends = new ArrayList<>();
        ledger.outcomes((kernel, toolkits, end, why, node) -> ends.add(
                end.words() + " of " + toolkits.size() + ": " + toolkits.get(toolkits.size() - 1) + " " + why));
        assertThat(ends).containsExactly(outcome + " of 2: " + OURS + " " + reason);
    }
}
