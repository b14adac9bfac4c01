package io.jenkins.plugins.dtk.plan;

import io.jenkins.plugins.dtk.demo.DockerRegistry;
import io.jenkins.plugins.dtk.demo.RhsmServer;
import io.jenkins.plugins.dtk.demo.StandInBase;
import io.jenkins.plugins.dtk.kernel.Architecture;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a build talks to: a registry with login that holds the stand-in base image, and RHSM. */
final class BuildSite implements AutoCloseable {

    /** No other run of these tests on this machine has the same secrets. */
    private static final String RANDOM = HexFormat.of().toHexDigits(new SecureRandom().nextLong());

    /** What people call the base image that is really in the registry here. */
    static final String BASE_NAME = "registry.access.redhat.com/ubi8/ubi:8.4";

    static final String USER = "robot$push";
    static final String PASSWORD = "Pa55 'w\"ord$(id)`\\" + RANDOM;
    static final String ORGANISATION = "org-" + RANDOM;
    static final String ACTIVATION_KEY = "key-" + RANDOM;

    /** This machine's busybox for both: here only its own architecture is built. */
    private static final Map<Architecture, Path> BUSYBOX = Map.of(
            Architecture.X86_64, Path.of("/bin/busybox"),
            Architecture.AARCH64, Path.of("/bin/busybox"));

    final DockerRegistry registry;
    final RhsmServer rhsm;
    private final String baseDigest;
    private int bases;

    BuildSite(Path home) throws IOException {
        registry = DockerRegistry.with()
                .home(home.resolve("registry"))
                .login(USER, PASSWORD)
                .start();
        rhsm = RhsmServer.start(ORGANISATION, ACTIVATION_KEY);
        baseDigest = base().publish(registry, List.of("8.4")).get("8.4");
    }

    private StandInBase base() {
        return StandInBase.of(BUSYBOX).rhsm(rhsm.url()).file("etc/standin/needs-registration", "");
    }

    /** Publishes a base image in which this shell script is found before the stand-in dnf; returns its name. */
    String baseWithDnf(String script) throws IOException {
        String version = "8." + (10 + bases++);
        base().program("usr/sbin/dnf", script).publish(registry, List.of(version));
        return registry.address() + "/ubi8/ubi:" + version;
    }

    /** The variables of a build that goes well, for x86_64. */
    Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>();
        variables.put("DTK_KERNEL", "4.18.0-305.40.1.el8_4");
        variables.put("DTK_KERNEL_FULL", "4.18.0-305.40.1.el8_4.x86_64");
        variables.put("DTK_KERNEL_RT", "4.18.0-305.40.1.rt7.112.el8_4");
        variables.put("DTK_RHEL", "8.4");
        variables.put("DTK_ARCH", "x86_64");
        variables.put("DTK_PLATFORM", "linux/amd64");
        variables.put("DTK_IMAGE", registry.address() + "/acme/driver-toolkit");
        variables.put("DTK_TAG", "4.18.0-305.40.1.el8_4.x86_64");
        variables.put("DTK_BASE_IMAGE", registry.address() + "/ubi8/ubi:8.4");
        variables.put("DTK_BASE_NAME", BASE_NAME);
        variables.put("DTK_BASE_DIGEST", baseDigest);
        variables.put("DTK_RELEASES", "4.8.36,4.9.27");
        variables.put("DTK_PLAIN_HTTP", registry.address());
        variables.put("RHSM_ORG", ORGANISATION);
        variables.put("RHSM_ACTIVATIONKEY", ACTIVATION_KEY);
        variables.put("DTK_REGISTRY_USER", USER);
        variables.put("DTK_REGISTRY_PASSWORD", PASSWORD);
        return variables;
    }

    /** The same, with other values for some: name, value, name, value... A null value takes a variable away. */
    Map<String, String> variables(String... changes) {
        Map<String, String> variables = variables();
        for (int i = 0; i < changes.length; i += 2) {
            if (changes[i + 1] == null) {
                variables.remove(changes[i]);
            } else {
                variables.put(changes[i], changes[i + 1]);
            }
        }
        return variables;
    }

    @Override
    public void close() {
        rhsm.close();
        registry.close();
    }
}
