package io.jenkins.plugins.dtk.jenkins;

import io.jenkins.plugins.dtk.testing.Parts;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines beside an OpenShift of two releases, whose kernels are of RHEL 9.2 and 9.4. */
abstract class TwoReleasesTest {

    @TempDir
    static Path folder;

    @AutoClose
    static PipelineSite site;

    @BeforeAll
    static void openShift() throws IOException {
        Parts.need("docker-registry", "skopeo");
        site = new PipelineSite(folder, "4.14.7", "4.18.6");
    }
}
