package io.jenkins.plugins.dtk.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One running {@code docker-registry serve}. */
final class RegistryProcess {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Process process;
    private final int port;

    private RegistryProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it with {@code config.yml} of its home and waits until it answers. */
    static RegistryProcess start(String program, Path home, int port) throws IOException {
        Path log = home.resolve("registry.log");
        long logBefore = Files.exists(log) ? Files.size(log) : 0;
        // In a session of its own: Ctrl-C is for the program that owns the registry, which ends it when it is done.
        ProcessBuilder builder = new ProcessBuilder(
                        "setsid", program, "serve", home.resolve("config.yml").toString())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        home.resolve("access.log").toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // Each REGISTRY_* variable of the environment would override a line of config.yml.
        builder.environment().keySet().removeIf(name -> name.startsWith("REGISTRY_"));
        if (!isOnPath(program)) {
            throw new IOException(
                    "cannot start " + program + ": it is not on this machine ('apt-get install docker-registry')");
        }
        Process process = builder.start();
        RegistryProcess started = new RegistryProcess(process, port);
        started.awaitReady(log, logBefore);
        return started;
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> !folder.isEmpty() && Files.isExecutable(Path.of(folder, program)));
    }

    private void awaitReady(Path log, long logBefore) throws IOException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            if (!process.isAlive()) {
                String said = saidSince(log, logBefore);
                throw said.contains("address already in use")
                        ? new PortTakenException(port)
                        : new IOException(
                                "docker-registry ended at once: " + said.substring(said.lastIndexOf('\n') + 1));
            }
            if (answers()) {
                return;
            }
            sleep();
        }
        kill();
        throw new IOException(
                "docker-registry does not answer on 127.0.0.1:" + port + " after " + START_LIMIT.toSeconds() + " s");
    }

    private boolean answers() {
        try {
            ping();
            return process.isAlive();
        } catch (IOException e) {
            return false;
        }
    }

    /** Sends one request that {@link AccessLog} does not count, and waits for its answer. */
    void ping() throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v2/"))
                .header("User-Agent", AccessLog.OWN_AGENT)
                .timeout(START_LIMIT)
                .build();
        try {
            CLIENT.send(request, HttpResponse.BodyHandlers.discarding());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for docker-registry", e);
        }
    }

    private static void sleep() throws IOException {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while docker-registry starts", e);
        }
    }

    private static String saidSince(Path log, long offset) throws IOException {
        byte[] all = Files.readAllBytes(log);
        return new String(all, (int) offset, all.length - (int) offset, StandardCharsets.UTF_8).strip();
    }

    long id() {
        return process.pid();
    }

    void stop() {
        end(false);
    }

    void kill() {
        end(true);
    }

    private void end(boolean atOnce) {
        try {
            if (atOnce) {
                process.destroyForcibly();
            } else {
                process.destroy();
            }
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
