package io.jenkins.plugins.dtk.plan;

import io.jenkins.plugins.dtk.driver.TagPattern;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.text.Quote;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a vendor gives the build of a driver's image: names and values, with the placeholders of the branch's image. */
public final class BuildInputs {

    /** What KMM gives, and what is given to every build here. */
    private static final List<String> RESERVED = List.of("DTK_AUTO", "KERNEL_VERSION", "KERNEL_FULL_VERSION");

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    /** An image's name would do, too; docker takes no capitals. */
    private static final Pattern CONTEXT = Pattern.compile("[a-z0-9][a-z0-9._-]*");

    private BuildInputs() {}

    /**
     * Checks the names of build arguments.
     *
     * @throws IllegalArgumentException when one is malformed, or is given to every build; one line
     */
    public static void check(Collection<String> names) {
        for (String name : names) {
            if (RESERVED.contains(name)) {
                throw new IllegalArgumentException(
                        "the build argument " + name + " is given to every build, as KMM does; leave it out");
            }
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("not a name of a build argument: " + Quote.of(name));
            }
        }
    }

    /**
     * Checks the names of secrets.
     *
     * @throws IllegalArgumentException when one is malformed; one line
     */
    public static void checkSecrets(Collection<String> names) {
        for (String name : names) {
            if (!SECRET.matcher(name).matches()) {
                throw new IllegalArgumentException("not a name of a secret: " + Quote.of(name));
            }
        }
    }

    /**
     * Checks the names of further contexts.
     *
     * @throws IllegalArgumentException when one is malformed; one line
     */
    public static void checkContexts(Collection<String> names) {
        for (String name : names) {
            if (!CONTEXT.matcher(name).matches()) {
                throw new IllegalArgumentException("not a name of a build context: " + Quote.of(name));
            }
        }
    }

    /**
     * The values with their placeholders filled. {@code {kernel}} is exactly what {@code uname -r} prints. The script on
     * the agent fills {@code {toolkit}}, because it finds out which one has the kernel.
     *
     * @param variables of the branch
     */
    public static Map<String, String> filled(Map<String, String> pairs, Map<String, String> variables) {
        Map<String, String> values = new HashMap<>();
        values.put("version", variables.getOrDefault("DTK_VERSION", ""));
        values.put("kernel", variables.getOrDefault("DTK_KERNEL_FULL", ""));
        values.put("nvr", variables.getOrDefault("DTK_KERNEL", ""));
        values.put("rhel", variables.getOrDefault("DTK_RHEL", ""));
        values.put("openshift", variables.getOrDefault("DTK_OPENSHIFT", ""));
        values.put("flavour", variables.getOrDefault("DTK_FLAVOUR", ""));
        String architecture = variables.getOrDefault("DTK_ARCH", "");
        values.put("arch", architecture);
        values.put(
                "goarch",
                architecture.isEmpty() ? "" : Architecture.parse(architecture).goName());
        Map<String, String> filled = new LinkedHashMap<>();
        pairs.forEach((name, value) -> filled.put(name, TagPattern.fill(value, values)));
        return filled;
    }
}
