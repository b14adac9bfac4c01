package io.jenkins.plugins.dtk.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

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
    private final Map<String, String> logins;
    private final boolean deletes;
    private final String auth;
    private boolean readOnly;
    private final Thread endWithJvm = new Thread(this::kill, "end docker-registry");
    private int port;
    private RegistryProcess process;

    private DockerRegistry(Builder builder) throws IOException {
        this.temporary = builder.home == null;
        this.home = temporary ? RegistryFiles.temporaryHome() : Files.createDirectories(builder.home.toAbsolutePath());
        this.logins = builder.logins;
        this.deletes = builder.deletes;
        if (!logins.isEmpty()) {
            Files.writeString(home.resolve("htpasswd"), RegistryFiles.htpasswd(logins));
            this.auth = RegistryFiles.passwords(home);
        } else if (builder.realm != null) {
            Files.writeString(home.resolve("tokens.pem"), builder.certificate);
            this.auth = RegistryFiles.tokens(home, builder.realm, builder.service);
        } else {
            this.auth = "";
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
        private final Map<String, String> logins = new LinkedHashMap<>();
        private boolean deletes;
        private String realm;
        private String service;
        private String certificate;

        private Builder() {}

        /** Keeps everything in this folder, which {@link DockerRegistry#close()} leaves as it is. */
        public Builder home(Path folder) {
            this.home = folder;
            return this;
        }

        /**
         * Asks every request for this login (HTTP Basic), or one of these when it is called again. The registry
         * checks the hash anew for each request, so it gets the cheapest one: the password is to be a long random
         * one.
         */
        public Builder login(String user, String password) {
            logins.put(user, password);
            return this;
        }

        /**
         * Asks every request for a token (distribution docs/content/spec/auth/token.md), instead of a login.
         *
         * @param tokenRealm the address of the token service
         * @param tokenService the name of this registry in its tokens; the service issues them under the same name
         * @param pem the certificate of the key that signs them
         */
        public Builder tokens(String tokenRealm, String tokenService, String pem) {
            this.realm = tokenRealm;
            this.service = tokenService;
            this.certificate = pem;
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
        Files.writeString(home.resolve("config.yml"), RegistryFiles.configuration(home, port, deletes, readOnly, auth));
        process = RegistryProcess.start(PROGRAM, home, port);
    }

    /** Where it listens, as image references begin: {@code 127.0.0.1:PORT}. It speaks plain http. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Its address with the first login that it was started with. */
    public RegistryAccess access() {
        return logins.entrySet().stream()
                .findFirst()
                .map(login -> RegistryAccess.login(address(), login.getKey(), login.getValue()))
                .orElseGet(() -> RegistryAccess.open(address()));
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

    /** Starts it again so that it answers reads alone, or writes too, as it did at first. */
    public void restart(boolean newReadOnly) throws IOException {
        readOnly = newReadOnly;
        restart();
    }

    /**
     * Deletes what no tag names, as {@code registry garbage-collect -m} does, and starts again. The manifests that an
     * index names go too (distribution/distribution#3178).
     */
    public void collectGarbage() throws IOException, InterruptedException {
        stop();
        Path said = home.resolve("garbage.log");
        int status = new ProcessBuilder(
                        PROGRAM,
                        "garbage-collect",
                        "-m",
                        home.resolve("config.yml").toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("docker-registry garbage-collect ended with " + status + ", see " + said);
        }
        launch();
    }

    /** Lets it run on when this program ends without {@link #close()}. Returns its process id. */
    public long detach() {
        removeHook();
        return process.id();
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(endWithJvm);
        } catch (IllegalStateException e) {
            // The JVM is ending: the hook has run or is about to find nothing to do.
        }
    }

    /** Ends it and removes its home if that was a temporary one. */
    @Override
    public void close() {
        stop();
        removeHook();
        if (temporary) {
            RegistryFiles.remove(home);
        }
    }
}
