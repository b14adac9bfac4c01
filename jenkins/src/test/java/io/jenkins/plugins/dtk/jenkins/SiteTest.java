package io.jenkins.plugins.dtk.jenkins;

import io.jenkins.plugins.dtk.testing.Parts;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Tests whose Jenkins is set up for an OpenShift of their own. */
abstract class SiteTest extends JenkinsTest {

    private final String[] releases;

    OpenShiftSite site;

    /** @param releases those that the OpenShift ships */
    SiteTest(String... releases) {
        this.releases = releases;
    }

    @BeforeAll
    final void startSite(@TempDir Path folder) throws Exception {
        Parts.need("docker-registry", "skopeo");
        site = OpenShiftSite.start(folder, releases);
        site.setup().apply();
    }

    @AfterAll
    final void stopSite() {
        if (site != null) {
            site.close();
        }
    }
}
