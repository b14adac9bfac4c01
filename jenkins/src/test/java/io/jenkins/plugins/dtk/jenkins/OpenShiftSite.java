package io.jenkins.plugins.dtk.jenkins;

import io.jenkins.plugins.dtk.demo.Busybox;
import io.jenkins.plugins.dtk.demo.DockerRegistry;
import io.jenkins.plugins.dtk.demo.GraphServer;
import io.jenkins.plugins.dtk.demo.OpenShiftWorld;
import io.jenkins.plugins.dtk.demo.PublishedWorld;
import io.jenkins.plugins.dtk.demo.RhsmServer;
import io.jenkins.plugins.dtk.demo.StandInBase;
import io.jenkins.plugins.dtk.kernel.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A small OpenShift, a registry with room for an image library and a subscription service, for a real Jenkins. */
final class OpenShiftSite implements AutoCloseable {

    /** The library that Jenkinsfile.example names. */
    static final String LIBRARY = "quay.io/acme/driver-toolkit";

    private final OpenShiftWorld world;
    private final DockerRegistry registry;
    private final RhsmServer rhsm;
    private final GraphServer graph;
    private final SiteSetup setup;

    /** One whose base images are good for nothing but being copied. */
    static OpenShiftSite start(Path home, String... releases) throws IOException {
        Path program = Files.writeString(home.resolve("program"), "no program");
        return new OpenShiftSite(
                home,
                StandInBase.of(Map.of(Architecture.X86_64, program, Architecture.AARCH64, program)),
                OpenShiftWorld.of(releases));
    }

    /** One whose base images can be built on: they hold a shell. */
    static OpenShiftSite withShell(Path home, String... releases) throws Exception {
        Path busybox = Path.of("target/busybox").toAbsolutePath();
        return new OpenShiftSite(home, StandInBase.of(Busybox.fetch(busybox)), OpenShiftWorld.of(releases));
    }

    OpenShiftSite(Path home, StandInBase base, OpenShiftWorld world) throws IOException {
        this.world = world;
        SiteSetup secrets = SiteSetup.secrets();
        registry = DockerRegistry.with()
                .home(home.resolve("registry"))
                .login(SiteSetup.USER, secrets.password())
                .start();
        rhsm = RhsmServer.start(secrets.organisation(), secrets.activationKey());
        PublishedWorld published = world.publish(registry);
        base.rhsm(rhsm.url()).publish(registry, world.rhelVersions());
        graph = GraphServer.start(published);
        setup = secrets.at(registry.address(), graph.url());
    }

    OpenShiftWorld world() {
        return world;
    }

    DockerRegistry registry() {
        return registry;
    }

    RhsmServer rhsm() {
        return rhsm;
    }

    /** What a Jenkins has to know. */
    SiteSetup setup() {
        return setup;
    }

    @Override
    public void close() {
        graph.close();
        rhsm.close();
        registry.close();
    }
}
