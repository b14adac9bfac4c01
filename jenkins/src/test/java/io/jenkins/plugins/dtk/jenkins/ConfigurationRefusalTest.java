package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.htmlunit.Page;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a build would refuse is refused when it is saved, by the form and as code. */
@WithJenkins
class ConfigurationRefusalTest {

    private static final String PLACE = "Manage Jenkins > System > Driver Toolkit, field ";

    @TempDir
    private Path folder;

    private static JenkinsRule jenkins;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @Test
    void theFormShowsWhyNothingWasSaved() throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.getOptions().setThrowExceptionOnFailingStatusCode(false);
            HtmlPage page = client.goTo("configure");
            HtmlForm form = page.getFormByName("config");
            form.getInputByName("_.cacheFolder").setValue("var/cache");
            Page answer = jenkins.submit(form);

            assertThat(((HtmlPage) answer).asNormalizedText())
                    .contains(PLACE + "'Cache folder': not an absolute path: 'var/cache'")
                    .doesNotContain("Exception", "\tat ");
            assertThat(DtkConfiguration.get().getCacheFolder()).isNull();
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "channel, nightly, Channel",
        "requestsPerSecond, many, Requests per second",
        "graphUrl, nonsense, Update graph",
        "cacheFolder, var/cache, Cache folder",
        "trustedCertificates, none, Trusted certificates"
    })
    void configurationAsCodeSaysWhichFieldIsWrong(String field, String wrong, String title) throws Exception {
        Path yaml = folder.resolve("jenkins.yaml");
        Files.writeString(yaml, "unclassified:\n  driverToolkit:\n    " + field + ": \"" + wrong + "\"\n");

        Throwable refused = catchThrowable(() -> ConfigurationAsCode.get().configure(yaml.toString()));

        assertThat(Stream.iterate(refused, cause -> cause != null, Throwable::getCause)
                        .map(String::valueOf)
                        .collect(Collectors.joining("\n")))
                .contains(PLACE + "'" + title + "': ");
    }
}
