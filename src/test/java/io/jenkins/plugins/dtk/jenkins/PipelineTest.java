package io.jenkins.plugins.dtk.jenkins;

import io.jenkins.plugins.dtk.jenkins.PipelineSite.Ended;
import io.jenkins.plugins.dtk.testing.Parts;
import io.jenkins.plugins.dtk.testing.PipelineDriver;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines in the embedded engine, beside an OpenShift of their own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PipelineTest implements PipelineDriver {

    private final String[] releases;

    Path folder;

    @AutoClose
    PipelineSite site;

    /** Beside two releases, whose kernels are of RHEL 9.2 and 9.4. */
    PipelineTest() {
        this("4.14.7", "4.18.6");
    }

    /** @param releases those that the OpenShift ships */
    PipelineTest(String... releases) {
        this.releases = releases;
    }

    @BeforeAll
    final void startSite(@TempDir Path temporary) throws IOException {
        Parts.need("docker-registry", "skopeo");
        folder = temporary;
        site = new PipelineSite(folder, releases);
    }

    @Override
    public final Ran ended(String script) throws IOException {
        Ended run = site.run(script);
        return new Ran(run.result().toString(), run.log());
    }
}
