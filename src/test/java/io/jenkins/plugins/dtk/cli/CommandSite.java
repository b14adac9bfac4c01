package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.demo.DockerRegistry;
import io.jenkins.plugins.dtk.demo.GraphServer;
import io.jenkins.plugins.dtk.demo.OpenShiftWorld;
import io.jenkins.plugins.dtk.testing.Commands;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

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
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--graph-url", graph.url(), "--location", "quay.io=" + address()));
        all.addAll(List.of("--plain-http", address(), "--pull-secret", secret.toString()));
        all.addAll(cache);
        return Dtk.run(all.toArray(String[]::new));
    }

    /** Copies an image of quay.io into {@code quay.io/acme/}. */
    void copy(String image, String target) throws IOException, InterruptedException {
        Commands.run(
                "skopeo",
                "copy",
                "--src-tls-verify=false",
                "--dest-tls-verify=false",
                "--src-creds",
                USER + ":" + PASSWORD,
                "--dest-creds",
                USER + ":" + PASSWORD,
                "docker://" + image.replaceFirst("^quay\\.io", address()),
                "docker://" + address() + "/acme/" + target);
    }

    @Override
    public void close() {
        graph.close();
        registry.close();
    }
}
