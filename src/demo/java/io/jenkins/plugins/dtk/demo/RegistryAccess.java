package io.jenkins.plugins.dtk.demo;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A registry that is spoken to over plain http, and the login to use there, if any. */
public final class RegistryAccess {

    private final String address;
    private final String basic;

    private RegistryAccess(String address, String basic) {
        this.address = address;
        this.basic = basic;
    }

    /** A registry that asks for no login. */
    public static RegistryAccess open(String address) {
        return new RegistryAccess(address, null);
    }

    /** A registry that asks for this login (HTTP Basic). */
    public static RegistryAccess login(String address, String user, String password) {
        byte[] login = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new RegistryAccess(address, "Basic " + Base64.getEncoder().encodeToString(login));
    }

    /** Where it listens: {@code HOST:PORT}. */
    public String address() {
        return address;
    }

    /** The value of the Authorization header. */
    Optional<String> authorization() {
        return Optional.ofNullable(basic);
    }

    /** The address alone, never the login. */
    @Override
    public String toString() {
        return address;
    }
}
