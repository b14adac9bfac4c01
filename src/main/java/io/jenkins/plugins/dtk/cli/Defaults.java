package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.text.Quote;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Values of options that are the same on every call. What stands on the command line wins over the environment, which
 * wins over the file. None of these options holds a secret: logins are named by their file.
 *
 * <p>The file has a line {@code name = value} for each value; {@code #} begins a comment. An option that may be repeated
 * is repeated. In the environment, {@code DTK_OPTION_PULL_SECRET} is {@code --pull-secret}; values of an option that may
 * be repeated are separated by white space.
 */
final class Defaults {

    static final String PREFIX = "DTK_OPTION_";

    /** The options that say how and where to read; what is wanted of a single call is not among them. */
    static final Set<String> OPTIONS = Set.of(
            "--ca",
            "--cache",
            "--channel",
            "--graph-url",
            "--location",
            "--mirror",
            "--plain-http",
            "--pull-secret",
            "--registry-auth",
            "--release-repository",
            "--requests-per-second",
            "--rhsm-url",
            "--unverified-tls");

    private static final Set<String> REPEATED = Set.of("--location", "--mirror", "--plain-http", "--unverified-tls");

    /**
     * Where a value comes from.
     *
     * @param values one, or several of an option that may be repeated
     * @param origin such as {@code DTK_OPTION_CA}
     */
    record Default(List<String> values, String origin) {}

    private final Map<String, Default> byOption = new LinkedHashMap<>();

    private Defaults() {}

    /**
     * Reads the environment and a file.
     *
     * @param file null for none
     * @param named what names the file: the option or the variable
     * @throws IllegalArgumentException when one of them names no such option, or the file cannot be read; one line
     */
    static Defaults of(Map<String, String> environment, String file, String named) {
        Defaults defaults = new Defaults();
        if (file != null && !file.isEmpty()) {
            defaults.readFile(file, named);
        }
        environment.forEach(defaults::readVariable);
        return defaults;
    }

    /** What is known of an option such as {@code --ca}, or null. */
    Default of(String option) {
        return byOption.get(option);
    }

    private void readVariable(String name, String value) {
        if (name.startsWith(PREFIX) && !value.isBlank()) {
            String option = "--"
                    + name.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '-');
            check(option, name);
            List<String> values =
                    REPEATED.contains(option) ? List.of(value.strip().split("\\s+")) : List.of(value);
            byOption.put(option, new Default(values, name));
        }
    }

    private void readFile(String file, String named) {
        String text;
        try {
            text = TextFile.read(Path.of(file));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(named + ": " + e.getMessage(), e);
        }
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (!line.isBlank() && !line.strip().startsWith("#")) {
                readLine(line, "'" + file + "', line " + number);
            }
        }
    }

    private void readLine(String line, String origin) {
        String[] parts = line.strip().split("\\s*=\\s*", 2);
        if (parts.length != 2 || parts[1].isEmpty()) {
            throw new IllegalArgumentException(origin + ": not NAME = VALUE: " + Quote.of(line.strip()));
        }
        String option = "--" + parts[0];
        check(option, origin);
        Default earlier = byOption.get(option);
        if (earlier != null && !REPEATED.contains(option)) {
            throw new IllegalArgumentException(origin + ": " + Quote.of(parts[0]) + " is given twice");
        }
        List<String> values = new ArrayList<>(earlier == null ? List.of() : earlier.values());
        values.add(parts[1]);
        byOption.put(option, new Default(values, earlier == null ? origin : earlier.origin()));
    }

    private static void check(String option, String origin) {
        if (!OPTIONS.contains(option)) {
            throw new IllegalArgumentException(origin + ": " + Quote.of(option.substring(2))
                    + " is none of the options that may stand there: "
                    + String.join(
                            ", ",
                            OPTIONS.stream()
                                    .map(name -> name.substring(2))
                                    .sorted()
                                    .toList()));
        }
    }
}
