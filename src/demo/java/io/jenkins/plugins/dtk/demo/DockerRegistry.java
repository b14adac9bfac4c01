package io.jenkins.plugins.dtk.demo;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.stream.Stream;

/**
 * Debian's {@code docker-registry} on a loopback port of its own, for tests, the demo and benchmarks.
 *
 * <p>Everything it needs and writes is under one home folder: {@code storage/}, {@code config.yml},
 * {@code htpasswd}, {@code access.log} (one line per request) and {@code registry.log}. The process ends with
 * {@link #close()}, and with the JVM at the latest.
 */
public final class DockerRegistry implements AutoCloseable {

    private static final String PROGRAM = "docker-registry";
    private static final int PORTS_TO_TRY = 5;

    private final Path home;
    private final boolean temporary;
    private final String user;
    private final String password;
    private final boolean deletes;
    private final Thread endWithJvm = new Thread(this::kill, "end docker-registry");
    private int port;
    private RegistryProcess process;

    private DockerRegistry(Builder builder) throws IOException {
        this.temporary = builder.home == null;
        this.home = temporary
                ? Files.createTempDirectory("docker-registry")
                : Files.createDirectories(builder.home.toAbsolutePath());
        this.user = builder.user;
        this.password = builder.password;
        this.deletes = builder.deletes;
        if (user != null) {
            Files.writeString(home.resolve("htpasswd"), user + ":" + hash(password) + "\n");
        }
    }

    /** Starts one with a temporary home, without login and without deletes. */
    public static DockerRegistry start() throws IOException {
        return with().start();
    }

    /** Choices to make before {@link Builder#start()}. */
    public static Builder with() {
        return new Builder();
    }

    /** What a registry is started with. */
    public static final class Builder {
        private Path home;
        private String user;
        private String password;
        private boolean deletes;

        private Builder() {}

        /** Keeps everything in this folder, which {@link DockerRegistry#close()} leaves as it is. */
        public Builder home(Path folder) {
            this.home = folder;
            return this;
        }

        /**
         * Asks every request for this login (HTTP Basic). The registry checks the hash anew for each request, so
         * it gets the cheapest one: the password is to be a long random one.
         */
        public Builder login(String user, String password) {
            this.user = user;
            this.password = password;
            return this;
        }

        /** Allows manifests and blobs to be deleted. */
        public Builder deletes() {
            this.deletes = true;
            return this;
        }

        /**
         * Starts the registry and waits until it answers.
         *
         * @throws IOException when {@code docker-registry} is not installed or does not start; the message says
         *     which, and what to do
         */
        public DockerRegistry start() throws IOException {
            DockerRegistry registry = new DockerRegistry(this);
            try {
                registry.startOnFreePort();
                return registry;
            } catch (IOException | RuntimeException e) {
                registry.close();
                throw e;
            }
        }
    }

    private static String hash(String password) {
        byte[] hash =
                BCrypt.with(BCrypt.Version.VERSION_2Y).hash(BCrypt.MIN_COST, password.getBytes(StandardCharsets.UTF_8));
        return new String(hash, StandardCharsets.US_ASCII);
    }

    private void startOnFreePort() throws IOException {
        Runtime.getRuntime().addShutdownHook(endWithJvm);
        for (int attempt = 1; ; attempt++) {
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            try {
                launch();
                return;
            } catch (PortTakenException e) {
                if (attempt == PORTS_TO_TRY) {
                    throw e;
                }
            }
        }
    }

    private void launch() throws IOException {
        Files.writeString(home.resolve("config.yml"), configuration());
        process = RegistryProcess.start(PROGRAM, home, port);
    }

    private String configuration() {
        byte[] secret = new byte[16];
        new SecureRandom().nextBytes(secret);
        String common =
                """
                version: 0.1
                log:
                  level: warn
                storage:
                  filesystem:
                    rootdirectory: "%s"
                  cache:
                    blobdescriptor: inmemory
                  delete:
                    enabled: %s
                http:
                  addr: 127.0.0.1:%d
                  secret: %s
                """
                        .formatted(
                                home.resolve("storage"),
                                deletes,
                                port,
                                HexFormat.of().formatHex(secret));
        String login =
                """
                auth:
                  htpasswd:
                    realm: demo
                    path: "%s"
                """
                        .formatted(home.resolve("htpasswd"));
        return user == null ? common : common + login;
    }

    /** Where it listens, as image references begin: {@code 127.0.0.1:PORT}. It speaks plain http. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Its address with the login that it was started with. */
    public RegistryAccess access() {
        return user == null ? RegistryAccess.open(address()) : RegistryAccess.login(address(), user, password);
    }

    /** The folder with everything it writes. */
    public Path home() {
        return home;
    }

    /** The folder of its images. */
    Path storage() {
        return home.resolve("storage");
    }

    /** The access log: one line per request, in Apache's combined format. */
    public Path log() {
        return home.resolve("access.log");
    }

    /** Counts the requests that it answers from now on. */
    public AccessLog requests() throws IOException {
        AccessLog log = new AccessLog(log(), process::ping);
        log.mark();
        return log;
    }

    /** Ends it in an orderly way; {@link #restart()} brings it back. Nothing happens when it has ended already. */
    public void stop() {
        if (process != null) {
            process.stop();
        }
    }

    /** Ends it at once, as {@code kill -9} does. */
    public void kill() {
        if (process != null) {
            process.kill();
        }
    }

    /** Starts it again on the same port and storage, after {@link #stop()} where it still runs. */
    public void restart() throws IOException {
        stop();
        launch();
    }

    /** Ends it and removes its home if that was a temporary one. */
    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(endWithJvm);
        } catch (IllegalStateException e) {
            // The JVM is ending: the hook has run or is about to find nothing to do.
        }
        if (temporary) {
            deleteAll(home);
        }
    }

    private static void deleteAll(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }
}
