package io.jenkins.plugins.dtk.jenkins;

import io.jenkins.plugins.dtk.testing.Parts;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Tests that share one Jenkins, set up for an OpenShift of their own; both start and end with the class. */
@WithJenkins
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SiteTest {

    private final String[] releases;

    OpenShiftSite site;
    JenkinsRule jenkins;

    /** @param releases those that the OpenShift ships */
    SiteTest(String... releases) {
        this.releases = releases;
    }

    @BeforeAll
    final void startJenkins(JenkinsRule rule, @TempDir Path folder) throws Exception {
        Parts.need("docker-registry", "skopeo");
        jenkins = rule;
        site = OpenShiftSite.start(folder, releases);
        site.setup().apply();
    }

    @AfterAll
    final void stopJenkins() throws Exception {
        if (site != null) {
            jenkins.after();
            site.close();
        }
    }
}
