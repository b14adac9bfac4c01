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

    /** Builds use the network of this machine, as the registries are on it. */
    private static final String BUILDX =
            """
            #!/bin/sh
            case "$1 $2" in
            "buildx build")
                shift 2
                set -- buildx build --network=host --allow network.host "$@"
                ;;
            esac
            exec /usr/bin/docker "$@"
            """;

    /**
     * Debian 12 has no buildx. There the way to BuildKit is the older one: the same options, but for the two that say what
     * is the default there.
     */
    private static final String PROGRAM =
            """
            #!/bin/sh
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

    private static boolean hasBuildx() throws IOException, InterruptedException {
        return new ProcessBuilder("/usr/bin/docker", "buildx", "version")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    /**
     * Lets an agent use it as one uses a daemon without root or on another machine: by a context of its user, in a
     * configuration that also has a credential helper that does not work.
     */
    void useOn(BuildAgent agent) throws Exception {
        agent.program("docker", hasBuildx() ? BUILDX : PROGRAM);
        agent.run("docker", "context", "create", "elsewhere", "--docker", "host=unix://" + socket);
        agent.run("docker", "context", "use", "elsewhere");
        Path configuration = agent.home().resolve(".docker/config.json");
        String text = Files.readString(configuration);
        Files.writeString(configuration, text.replaceFirst("\\{", "{\"credsStore\": \"not-there\","));
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
