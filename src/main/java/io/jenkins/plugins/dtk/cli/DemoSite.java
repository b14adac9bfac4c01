package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.demo.AccessLog;
import io.jenkins.plugins.dtk.demo.CompilingToolkits;
import io.jenkins.plugins.dtk.demo.DockerRegistry;
import io.jenkins.plugins.dtk.demo.GraphServer;
import io.jenkins.plugins.dtk.demo.OpenShiftWorld;
import io.jenkins.plugins.dtk.demo.PublishedWorld;
import io.jenkins.plugins.dtk.demo.RhsmServer;
import io.jenkins.plugins.dtk.demo.StandInBase;
import io.jenkins.plugins.dtk.embedded.EmbeddedEngine;
import io.jenkins.plugins.dtk.jenkins.DtkConfiguration;
import io.jenkins.plugins.dtk.library.MissingImages;
import io.jenkins.plugins.dtk.matrix.BaseImagePattern;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.matrix.MatrixProgress;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.registry.RegistryCredentials;
import io.jenkins.plugins.dtk.release.ReleaseCache;
import io.jenkins.plugins.dtk.release.ReleaseRange;
import io.jenkins.plugins.dtk.release.ReleaseSources;
import io.jenkins.plugins.dtk.site.Site;
import io.jenkins.plugins.dtk.site.SiteSettings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The demo's world: a registry full of OpenShift, its update graph, a subscription service, an agent's storage. */
final class DemoSite implements AutoCloseable {

    /** The library that Jenkinsfile.example names. */
    static final String IMAGE = "quay.io/acme/driver-toolkit";

    /** Where the library is in the registry. */
    static final String PATH = "acme/driver-toolkit";

    private static final String OPENSHIFT = "quay.io";
    private static final String BASES = "registry.access.redhat.com";

    private final Path folder;
    private final DemoSecrets secrets = new DemoSecrets();
    private final DemoStorage storage;
    private final DockerRegistry registry;
    private final long process;
    private RhsmServer rhsm;
    private GraphServer graph;
    private int payloads;
    private boolean kept;

    /** Starts all of it in a folder, with the busybox programs of another one. */
    DemoSite(Path folder, Path busybox) throws IOException {
        this.folder = folder;
        storage = new DemoStorage(folder.resolve("podman"));
        registry = DockerRegistry.with()
                .home(folder.resolve("registry"))
                .login(DemoSecrets.READER, secrets.readerPassword())
                .login(DemoSecrets.PUSHER, secrets.pusherPassword())
                .start();
        // When asked to end, the pipeline still speaks to the registry while it cleans up: close() ends it, after that.
        process = registry.detach();
        try {
            rhsm = RhsmServer.start(secrets.organisation(), secrets.activationKey());
            OpenShiftWorld world = OpenShiftWorld.demo();
            PublishedWorld published = world.publish(registry);
            payloads = published.payloads();
            StandInBase.of(busybox).rhsm(rhsm.url()).publish(registry, world.rhelVersions());
            graph = GraphServer.start(published);
            secrets.writeLogin(pullSecret(), List.of(OPENSHIFT, BASES));
            secrets.writeLogin(login(), List.of(registry.address()));
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Where the registry is: HOST:PORT. */
    String address() {
        return registry.address();
    }

    /** Leaves the registry running at the end, and returns its process id. */
    long keepRegistry() {
        kept = true;
        return process;
    }

    /** How many payloads the registry has. */
    int payloads() {
        return payloads;
    }

    /** The login for those who look around, as docker and podman keep it. */
    Path login() {
        return folder.resolve("login.json");
    }

    private Path pullSecret() {
        return folder.resolve("pull-secret.json");
    }

    /** What may stand nowhere but in the two files with logins. */
    List<String> secrets() {
        return secrets.all();
    }

    /** What makes podman and buildah use the storage of the demo. */
    Map<String, String> environment() {
        return storage.environment();
    }

    /** How many systems were registered with the subscription service, and how many still are. */
    String subscriptions() {
        return rhsm.registrations() + " systems were registered with RHSM, "
                + rhsm.registered().size() + " still are";
    }

    /** An engine for a pipeline that finds here all that it names. */
    EmbeddedEngine engine(Path jenkinsfile) {
        DtkConfiguration configuration = new DtkConfiguration();
        configuration.setGraphUrl(graph.url());
        configuration.setPlainHttpRegistries(List.of(registry.address()));
        configuration.setRegistryLocations(
                List.of(OPENSHIFT + "=" + registry.address(), BASES + "=" + registry.address()));
        return EmbeddedEngine.of(jenkinsfile)
                .home(folder.resolve("jenkins"))
                .executors(Math.max(2, Runtime.getRuntime().availableProcessors()))
                .environment(storage.environment())
                .configuration(configuration)
                .credential(RunCommand.PULL_SECRET_ID, "@" + pullSecret())
                .credential("quay-push", DemoSecrets.PUSHER + ":" + secrets.pusherPassword())
                .credential("rhsm-org", secrets.organisation())
                .credential("rhsm-activation-key", secrets.activationKey());
    }

    /** The options with which 'dtk build toolkits' finds here all that it needs; its secrets go into files of a folder. */
    List<String> arguments(Path folder) throws IOException {
        Path organisation = Files.writeString(folder.resolve("org"), secrets.organisation() + "\n");
        Path key = Files.writeString(folder.resolve("key"), secrets.activationKey() + "\n");
        List<String> all = new ArrayList<>(sourceOptions());
        all.addAll(List.of("--rhsm-org", organisation.toString(), "--rhsm-activation-key", key.toString()));
        return all;
    }

    /** The options with which a command reads the releases here, and the libraries. */
    List<String> sourceOptions() {
        return List.of(
                "--pull-secret",
                pullSecret().toString(),
                "--graph-url",
                graph.url(),
                "--plain-http",
                registry.address(),
                "--location",
                OPENSHIFT + "=" + registry.address(),
                "--location",
                BASES + "=" + registry.address());
    }

    /** A base image of RHEL, as it is really reached. */
    String base(String rhel) {
        return registry.address() + "/" + StandInBase.repository(rhel) + ":" + rhel;
    }

    /** Puts toolkits into a repository under {@code quay.io}. */
    void publish(CompilingToolkits toolkits, String repository) throws IOException {
        toolkits.publish(registry, ImageReference.parse(repository).repository());
    }

    /** The requests to the registry from now on. */
    AccessLog requests() throws IOException {
        return registry.requests();
    }

    /** The matrix that the pipeline computes, compared with the library as it is now. */
    KernelMatrix matrix() throws IOException, InterruptedException {
        SiteSettings settings = new SiteSettings(
                ReleaseSources.of(graph.url(), null),
                Set.of(registry.address()),
                Map.of(OPENSHIFT, registry.address(), BASES, registry.address()),
                "",
                HttpClient::newBuilder);
        Site site = Site.of(
                settings,
                RegistryCredentials.fromDockerConfig(Files.readString(pullSecret()), "the demo's pull secret"),
                ReleaseCache.none(),
                MatrixProgress.SILENT);
        KernelMatrix matrix = site.matrix()
                .compute(new MatrixRequest(
                        ReleaseRange.parse(MatrixRequest.DEFAULT_RELEASES),
                        MatrixRequest.architectures(List.of()),
                        MatrixRequest.DEFAULT_CHANNEL,
                        BaseImagePattern.USUAL,
                        true,
                        false));
        return new MissingImages(site.library(ImageReference.parse(IMAGE)), MatrixProgress.SILENT).in(matrix);
    }

    @Override
    public void close() {
        if (graph != null) {
            graph.close();
        }
        if (rhsm != null) {
            rhsm.close();
        }
        if (!kept) {
            registry.close();
        }
    }
}
