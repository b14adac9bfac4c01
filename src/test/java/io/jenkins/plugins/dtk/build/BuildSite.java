package io.jenkins.plugins.dtk.build;

import io.jenkins.plugins.dtk.demo.DockerRegistry;
import io.jenkins.plugins.dtk.demo.RhsmServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What a build talks to: a registry with login that holds the stand-in base image, and RHSM. */
final class BuildSite implements AutoCloseable {

    static final String USER = "robot$push";

    /** Another one in each run, so that processes of other runs on this machine cannot show it. */
    static final String PASSWORD =
            "Pa55 'w\"ord$(id)`\\" + ProcessHandle.current().pid() + System.nanoTime();

    static final String ORGANISATION = "11880231";
    static final String ACTIVATION_KEY = "key-of-the-build-farm";

    final DockerRegistry registry;
    final RhsmServer rhsm;
    private final StandInBases bases;

    BuildSite(Path home) throws Exception {
        registry = DockerRegistry.with()
                .home(home.resolve("registry"))
                .login(USER, PASSWORD)
                .start();
        rhsm = RhsmServer.start(ORGANISATION, ACTIVATION_KEY);
        bases = new StandInBases(new BuildAgent(home), this);
        bases.publish("8.4");
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
        variables.put("DTK_BASE_DIGEST", bases.digest("8.4"));
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

    /** Publishes a base image in which this shell script is found before the stand-in dnf; returns its name. */
    String baseWithDnf(String tag, String script) throws Exception {
        bases.publishWithDnf(tag, script);
        return registry.address() + "/ubi8/ubi:" + tag;
    }

    /** Publishes the base image as an index of one architecture, amd64; returns its name. */
    String indexedBase(String tag) throws Exception {
        bases.publishIndex(tag);
        return registry.address() + "/ubi8/ubi:" + tag;
    }

    @Override
    public void close() throws IOException {
        rhsm.close();
        registry.close();
    }
}
