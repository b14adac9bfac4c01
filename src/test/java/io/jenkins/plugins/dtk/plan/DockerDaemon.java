package io.jenkins.plugins.dtk.plan;

import io.jenkins.plugins.dtk.testing.Parts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Debian's docker daemon, with the BuildKit that is part of it, in a folder of its own and without a network of its own.
 */
final class DockerDaemon implements AutoCloseable {

    /**
     * Debian has no buildx, so the way to BuildKit is the older one: the same options, but for the two that say what is
     * the default there. Builds use the network of this machine, as the registries are on it.
     */
    private static final String PROGRAM =
            """
            #!/bin/sh
            export DOCKER_HOST=unix://%s
            case "$1 $2" in
            "buildx version") exit 0 ;;
            "buildx build") shift 2 ;;
            *) exec /usr/bin/docker "$@" ;;
            esac
            for argument in "$@"; do
                shift
                case $argument in
                --load | --provenance=false) ;;
                *) set -- "$@" "$argument" ;;
                esac
            done
            DOCKER_BUILDKIT=1 exec /usr/bin/docker build --network=host "$@"
            """;

    private final Path socket;
    private final Process process;

    private DockerDaemon(Path socket, Process process) {
        this.socket = socket;
        this.process = process;
    }

    static DockerDaemon start(Path home) throws IOException, InterruptedException {
        Parts.need("dockerd", "containerd", "runc");
        Path socket = home.resolve("docker.sock");
        Path log = home.resolve("dockerd.log");
        Process process = new ProcessBuilder(
                        "dockerd",
                        "--data-root=" + home.resolve("data"),
                        "--exec-root=" + home.resolve("exec"),
                        "--pidfile=" + home.resolve("pid"),
                        "--host=unix://" + socket,
                        "--storage-driver=vfs",
                        "--bridge=none",
                        "--iptables=false",
                        "--ip6tables=false")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        while (process.isAlive() && !Files.readString(log).contains("API listen on")) {
            Thread.sleep(100);
        }
        if (!process.isAlive()) {
            Parts.refused("dockerd did not start, which takes root and control groups: " + read(log));
        }
        return new DockerDaemon(socket, process);
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    /** The program {@code docker} for an agent. */
    String program() {
        return PROGRAM.formatted(socket);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
