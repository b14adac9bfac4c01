package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.http.Certificates;
import io.jenkins.plugins.dtk.plan.Places;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How podman reaches registries, each by what is said of it alone. What this machine's own configuration says stays in
 * force.
 */
final class PodmanReach {

    private final Places places;
    private final Path folder;

    /** @param folder a private one */
    PodmanReach(Places places, Path folder) {
        this.places = places;
        this.folder = folder;
    }

    /** The options of pull, push and build for a registry, HOST or HOST:PORT; none where nothing is said of it. */
    List<String> options(String registry) throws IOException {
        if (places.isPlainHttp(registry) || places.isUnverifiedTls(registry)) {
            return List.of("--tls-verify=false");
        }
        StringBuilder trusted = new StringBuilder();
        Certificates.parse(places.trustedCertificates()).byHost().forEach((host, pem) -> {
            if (host.isEmpty() || host.equalsIgnoreCase(registry)) {
                trusted.append(pem).append('\n');
            }
        });
        return trusted.isEmpty() ? List.of() : List.of("--cert-dir=" + certificates(registry, trusted.toString()));
    }

    /** The folder stands in place of those that this machine has for the registry, so what they hold is in it too. */
    private Path certificates(String registry, String trusted) throws IOException {
        Path own = folder.resolve("certs-" + registry.replace(':', '-'));
        if (Files.exists(own)) {
            return own;
        }
        Files.createDirectory(own);
        String home = System.getProperty("user.home");
        for (String place : List.of(home + "/.config/containers", "/etc/containers", "/etc/docker")) {
            Path known = Path.of(place, "certs.d", registry);
            if (Files.isDirectory(known)) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(known, "*.{crt,cert,key}")) {
                    for (Path file : files) {
                        Files.copy(file, own.resolve(known.relativize(file)));
                    }
                }
                break;
            }
        }
        Files.writeString(own.resolve("dtk.crt"), trusted, StandardCharsets.US_ASCII);
        return own;
    }

    /**
     * The environment in which podman also finds base images at those registries that are reached without TLS, or without
     * verifying it: a copy of this machine's registries.conf with them. Empty where there is none, or where that file is
     * of version 1, to which no registry of version 2 can be added.
     */
    Map<String, String> environment(List<String> registries) throws IOException {
        List<String> unverified = new ArrayList<>(registries);
        unverified.removeIf(registry -> !places.isPlainHttp(registry) && !places.isUnverifiedTls(registry));
        if (unverified.isEmpty()) {
            return Map.of();
        }
        StringBuilder text = new StringBuilder();
        String home = System.getProperty("user.home");
        for (Path file : List.of(
                Path.of(System.getenv().getOrDefault("CONTAINERS_REGISTRIES_CONF", "/dev/null")),
                Path.of(home, ".config/containers/registries.conf"),
                Path.of("/etc/containers/registries.conf"))) {
            if (Files.isRegularFile(file)) {
                text.append(Files.readString(file, StandardCharsets.UTF_8)).append('\n');
                break;
            }
        }
        if (text.toString().lines().anyMatch(line -> line.strip().startsWith("[registries"))) {
            return Map.of();
        }
        for (String registry : unverified) {
            if (text.indexOf('"' + registry + '"') < 0) {
                text.append("[[registry]]\nlocation = \"").append(registry).append("\"\ninsecure = true\n");
            }
        }
        Path own = Files.writeString(folder.resolve("registries.conf"), text, StandardCharsets.UTF_8);
        return Map.of("CONTAINERS_REGISTRIES_CONF", own.toString());
    }
}
