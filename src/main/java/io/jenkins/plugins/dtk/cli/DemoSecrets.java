package io.jenkins.plugins.dtk.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** The demo's credentials, made anew for each run. */
final class DemoSecrets {

    static final String READER = "openshift";
    static final String PUSHER = "acme+push";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final String readerPassword = random();
    private final String pusherPassword = random();
    private final String organisation = "org-" + random();
    private final String activationKey = "key-" + random();

    private static String random() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    String readerPassword() {
        return readerPassword;
    }

    String pusherPassword() {
        return pusherPassword;
    }

    /** Of Red Hat's subscription service. */
    String organisation() {
        return organisation;
    }

    String activationKey() {
        return activationKey;
    }

    /** All of them. */
    List<String> all() {
        return List.of(readerPassword, pusherPassword, organisation, activationKey);
    }

    /** Writes the reader's login for these registries as docker and podman keep it, readable by this user alone. */
    Path writeLogin(Path file, List<String> registries) throws IOException {
        String auth =
                Base64.getEncoder().encodeToString((READER + ":" + readerPassword).getBytes(StandardCharsets.UTF_8));
        ObjectNode config = new ObjectMapper().createObjectNode();
        ObjectNode auths = config.putObject("auths");
        registries.forEach(registry -> auths.putObject(registry).put("auth", auth));
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, config.toPrettyString());
    }
}
