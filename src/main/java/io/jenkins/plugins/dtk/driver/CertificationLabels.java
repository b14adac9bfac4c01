package io.jenkins.plugins.dtk.driver;

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

    /**
     * The warnings, each with what to add.
     *
     * @param config the user, the number of layers and the labels as JSON, with {@code |} between them
     */
    static List<String> warnings(String config) {
        String[] said = config.strip().split("\\|", 3);
        if (said.length < 3) {
            return List.of();
        }
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
