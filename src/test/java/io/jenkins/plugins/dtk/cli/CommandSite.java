package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.demo.DockerRegistry;
import io.jenkins.plugins.dtk.demo.GraphServer;
import io.jenkins.plugins.dtk.demo.OpenShiftWorld;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.library.ImageLibrary;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.registry.RegistryCredentials;
import io.jenkins.plugins.dtk.testing.Commands;
import io.jenkins.plugins.dtk.testing.ImageFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A small OpenShift and libraries under {@code quay.io/acme} in one real registry, and commands that run there. */
final class CommandSite implements AutoCloseable {

    static final String USER = "reader";
    static final String PASSWORD = "Pa55-of-the-reader";

    private final Path folder;
    private final DockerRegistry registry;
    private final GraphServer graph;
    private final Path pullSecret;

    CommandSite(Path folder, String... releases) throws IOException {
        this(folder, DockerRegistry.with().login(USER, PASSWORD).start(), releases);
    }

    /** @param registry with the login of {@link #USER} */
    CommandSite(Path folder, DockerRegistry registry, String... releases) throws IOException {
        this.folder = folder;
        this.registry = registry;
        graph = GraphServer.start(OpenShiftWorld.of(releases).publish(registry));
        pullSecret = login("pull-secret.json", PASSWORD);
    }

    DockerRegistry registry() {
        return registry;
    }

    String address() {
        return registry.address();
    }

    /** Writes a login for quay.io. */
    Path login(String name, String password) throws IOException {
        String auth = Base64.getEncoder().encodeToString((USER + ":" + password).getBytes(StandardCharsets.UTF_8));
        return Files.writeString(folder.resolve(name), "{\"auths\":{\"quay.io\":{\"auth\":\"" + auth + "\"}}}");
    }

    /** Runs a command that reads releases. */
    Dtk run(String... args) {
        return runWith(pullSecret, List.of("--cache", folder.resolve("cache").toString()), args);
    }

    /** Runs a command with another pull secret, and so without what others remember. */
    Dtk runWith(Path secret, String... args) {
        return runWith(secret, List.of("--cache", secret + ".cache"), args);
    }

    private Dtk runWith(Path secret, List<String> cache, String... args) {
        return Dtk.run(arguments(secret, cache, args).toArray(String[]::new));
    }

    /** A command that reads releases, with all that it needs for it. */
    List<String> arguments(String... args) {
        return arguments(pullSecret, List.of("--cache", folder.resolve("cache").toString()), args);
    }

    private List<String> arguments(Path secret, List<String> cache, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--graph-url", graph.url(), "--location", "quay.io=" + address()));
        all.addAll(List.of("--plain-http", address(), "--pull-secret", secret.toString()));
        all.addAll(cache);
        return all;
    }

    /** Copies an image of quay.io into {@code quay.io/acme/}; of an index, the image for this machine. */
    void copy(String image, String target) throws IOException, InterruptedException {
        skopeo("copy", image, target, "--multi-arch=system");
    }

    /** Copies an index with all its images. */
    void copyAll(String image, String target) throws IOException, InterruptedException {
        skopeo("copy", image, target, "--multi-arch=all");
    }

    private void skopeo(String command, String image, String target, String option)
            throws IOException, InterruptedException {
        Commands.run(
                "skopeo",
                command,
                option,
                "--src-tls-verify=false",
                "--dest-tls-verify=false",
                "--src-creds",
                USER + ":" + PASSWORD,
                "--dest-creds",
                USER + ":" + PASSWORD,
                "docker://" + image.replaceFirst("^quay\\.io", address()),
                "docker://" + address() + "/acme/" + target);
    }

    /** Lets an independent reader read an image in {@code quay.io/acme/}. */
    void inspect(String image, String goName) throws IOException, InterruptedException {
        Commands.run(
                "skopeo",
                "inspect",
                "--tls-verify=false",
                "--creds",
                USER + ":" + PASSWORD,
                "--override-os",
                "linux",
                "--override-arch",
                goName,
                "docker://" + address() + "/acme/" + image);
    }

    /** Pushes an image into {@code quay.io/acme/} that says which kernel it is for, and so differs from all others. */
    void push(String repository, String tag, String goName, String kernel) throws IOException, InterruptedException {
        push(repository, tag, goName, Map.of("kernel-version", kernel));
    }

    /** Pushes an image into {@code quay.io/acme/} with labels. */
    void push(String repository, String tag, String goName, Map<String, String> labels)
            throws IOException, InterruptedException {
        ImageFolder.push(
                Files.createTempDirectory(folder, "image"),
                false,
                goName,
                labels,
                address() + "/acme/" + repository + ":" + tag,
                USER + ":" + PASSWORD);
    }

    /** Pushes the images of a kernel for both architectures and joins them. Returns the index's digest. */
    String pushKernel(String repository, String kernel) throws IOException, InterruptedException {
        push(repository, kernel + ".x86_64", "amd64", kernel + ".x86_64");
        push(repository, kernel + ".aarch64", "arm64", kernel + ".aarch64");
        return library(repository)
                .join(kernel, List.of(Architecture.X86_64, Architecture.AARCH64))
                .digest()
                .toString();
    }

    ImageLibrary library(String repository) {
        return new ImageLibrary(client(), repository(repository));
    }

    /** Attaches a list of packages to an image; gives the tag under which the registry's clients list it. */
    String attach(String repository, String tag) throws IOException, InterruptedException {
        library(repository).attachPackages(tag, List.of("gcc-11.4.1-3.el9.x86_64"), Instant.EPOCH);
        return client().manifest(repository(repository).withTag(tag)).digest().tag();
    }

    RegistryClient client() {
        return RegistryClient.builder()
                .plainHttp(Set.of(address()))
                .credentials(RegistryCredentials.of(address(), USER, PASSWORD))
                .build();
    }

    ImageReference repository(String repository) {
        return ImageReference.parse(address() + "/acme/" + repository);
    }

    @Override
    public void close() {
        graph.close();
        registry.close();
    }
}
