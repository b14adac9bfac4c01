package io.jenkins.plugins.dtk.plan;

import io.jenkins.plugins.dtk.testing.Parts;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Builds on an agent that each test has for itself, beside a site that the tests of a class share. */
abstract class AgentBuildTest {

    @TempDir
    static Path siteHome;

    @AutoClose
    static BuildSite site;

    @TempDir
    Path home;

    BuildAgent agent;

    @BeforeAll
    static void startSite() throws Exception {
        Parts.need("podman", "buildah", "docker-registry", "busybox", "skopeo");
        site = new BuildSite(siteHome);
    }

    @BeforeEach
    final void newAgent() throws Exception {
        agent = new BuildAgent(home);
    }
}
