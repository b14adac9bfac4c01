package io.jenkins.plugins.dtk.demo;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;

/** The folder of a registry and the files in it that {@code docker-registry} reads at its start. */
final class RegistryFiles {

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long MEMORY_WANTED = 4L << 30;
    private static final String PREFIX = "docker-registry";

    private RegistryFiles() {}

    /**
     * A new folder for a registry that is thrown away in the end. It is in memory where the machine has room for that: a
     * registry makes thousands of small files, flushes each to the disk, and they take as long to be removed.
     */
    static Path temporaryHome() throws IOException {
        boolean inMemory =
                Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() > MEMORY_WANTED;
        return inMemory ? Files.createTempDirectory(MEMORY, PREFIX) : Files.createTempDirectory(PREFIX);
    }

    /** Removes a folder with all that is in it. */
    static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }

    /** The logins, with the cheapest hash: it is checked anew for each request. */
    static String htpasswd(Map<String, String> logins) {
        StringBuilder lines = new StringBuilder();
        logins.forEach((user, password) ->
                lines.append(user).append(':').append(hash(password)).append('\n'));
        return lines.toString();
    }

    private static String hash(String password) {
        byte[] hash =
                BCrypt.with(BCrypt.Version.VERSION_2Y).hash(BCrypt.MIN_COST, password.getBytes(StandardCharsets.UTF_8));
        return new String(hash, StandardCharsets.US_ASCII);
    }

    /**
     * The configuration of a registry that keeps all below its home.
     *
     * @param auth the section that says who may do what; empty for none
     */
    static String configuration(Path home, int port, boolean deletes, boolean readOnly, String auth) {
        byte[] secret = new byte[16];
        RANDOM.nextBytes(secret);
        return """
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
                  maintenance:
                    readonly:
                      enabled: %s
                http:
                  addr: 127.0.0.1:%d
                  secret: %s
                """
                        .formatted(
                                home.resolve("storage"),
                                deletes,
                                readOnly,
                                port,
                                HexFormat.of().formatHex(secret))
                + auth;
    }

    /** Logins by name and password, from the file {@code htpasswd} of the home. */
    static String passwords(Path home) {
        return """
                auth:
                  htpasswd:
                    realm: demo
                    path: "%s"
                """
                .formatted(home.resolve("htpasswd"));
    }

    /** Tokens of a service, signed with a key whose certificate is in the file {@code tokens.pem} of the home. */
    static String tokens(Path home, String realm, String service) {
        return """
                auth:
                  token:
                    realm: "%s"
                    service: "%s"
                    issuer: "%s"
                    rootcertbundle: "%s"
                """
                .formatted(realm, service, service, home.resolve("tokens.pem"));
    }
}
