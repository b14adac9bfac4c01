package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.failure.Failure;
import java.util.ArrayList;
import java.util.List;

/**
 * What Red Hat's certification will say of an image's configuration: labels, user, layers
 * (redhat-openshift-ecosystem/openshift-preflight).
 */
final class CertificationLabels {

    private static final List<String> LABELS =
            List.of("name", "vendor", "version", "release", "summary", "description", "maintainer");

    private static final int MOST_LAYERS = 40;

    private CertificationLabels() {}

    /** The warnings, each with what to add. */
    static List<String> warnings(Podman podman, String image) throws Failure, InterruptedException {
        String[] said = podman.said(
                        "image", "inspect", "--format", "{{.User}}|{{len .RootFS.Layers}}|{{json .Labels}}", image)
                .split("\\|", 3);
        List<String> found = new ArrayList<>();
        List<String> missing = LABELS.stream()
                .filter(label -> !said[2].contains("\"" + label + "\":"))
                .toList();
        if (!missing.isEmpty()) {
            found.add("certification wants labels that are missing: " + String.join(", ", missing));
        }
        if (said[0].isEmpty() || said[0].equals("0") || said[0].equals("root")) {
            found.add("certification wants a user other than root: add USER 1001");
        }
        if (Integer.parseInt(said[1]) > MOST_LAYERS) {
            found.add("certification takes " + MOST_LAYERS + " layers, it has " + said[1]);
        }
        return found;
    }
}
