package io.jenkins.plugins.dtk.rhsm;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/** The facts of a system, which follow from its name: whoever registers the name again gets the same system. */
final class SystemFacts {

    private SystemFacts() {}

    /**
     * What a system says of itself. Without a version of certificates Candlepin gives none (V3CapabilityCheck.java), and
     * without a host's name a Satellite registers nothing (Katello/katello
     * app/models/katello/host/subscription_facet.rb).
     */
    static Map<String, String> of(String name) {
        return Map.of(
                "system.certificate_version",
                "3.2",
                "dmi.system.uuid",
                hardware(name),
                "virt.is_guest",
                "false",
                "network.hostname",
                host(name),
                "network.fqdn",
                host(name));
    }

    /** The host of a system of this name: as resources/dtk-rhsm.sh has it. */
    private static String host(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The hardware of a system of this name: as resources/dtk-rhsm.sh has it. */
    private static String hardware(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of()
                    .formatHex(digest)
                    .replaceFirst("^(.{8})(.{4})(.{4})(.{4})(.{12}).*", "$1-$2-$3-$4-$5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
