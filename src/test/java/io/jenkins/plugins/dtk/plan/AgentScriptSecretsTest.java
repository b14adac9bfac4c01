package io.jenkins.plugins.dtk.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.plan.BuildAgent.Outcome;
import io.jenkins.plugins.dtk.testing.SecretSearch;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No secret is in the log, a file, a layer, an image's configuration, the registry's storage or a process list. */
class AgentScriptSecretsTest extends AgentBuildTest {

    private static final List<String> SECRETS =
            List.of(BuildSite.ORGANISATION, BuildSite.ACTIVATION_KEY, BuildSite.PASSWORD);

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a build that ends well under an echoing sh,   sh -xv,  4.18.0-305.40.1.el8_4, ok",
        "a build that ends well under an echoing bash, bash -x, 4.18.0-305.40.1.el8_4, ok",
        "a build that fails,                           sh,      4.18.0-9.9.9.el8_4,    failed"
    })
    void areNowhereAfter(String what, String shell, String kernel, String end) throws Exception {
        String base = site.baseWithDnf(
                """
                #!/bin/sh
                case "$*" in
                *" install "*kernel-core-4.18.0-9.9.9*) exit 1 ;;
                esac
                exec /usr/bin/dnf "$@"
                """);
        Map<String, String> variables = site.variables(
                "DTK_KERNEL",
                kernel,
                "DTK_KERNEL_FULL",
                kernel + ".x86_64",
                "DTK_TAG",
                kernel + ".x86_64",
                "DTK_BASE_IMAGE",
                base,
                "DTK_BASE_DIGEST",
                "");

        Outcome outcome;
        List<String> leaked;
        try (ProcessList processes = new ProcessList(SECRETS)) {
            outcome = agent.build(variables, shell.split(" "));
            leaked = processes.showing();
        }

        assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(end.equals("ok") ? 0 : 1);
        assertThat(outcome.output()).doesNotContain(SECRETS);
        assertThat(leaked).isEmpty();
        SecretSearch search = new SecretSearch(SECRETS);
        assertThat(search.filesWithSecrets(home)).isEmpty();
        assertThat(search.filesWithSecrets(siteHome)).isEmpty();
    }
}
