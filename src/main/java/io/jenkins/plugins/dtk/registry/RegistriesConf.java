package io.jenkins.plugins.dtk.registry;

import io.jenkins.plugins.dtk.text.Quote;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the tables {@code [[registry]]} and {@code [[registry.mirror]]} of a registries.conf of version 2. It takes the
 * part of TOML that these tables use: one key with a text or a truth value on a line. Other tables and keys are passed
 * over; of those that would change where images are read a note is made.
 */
final class RegistriesConf {

    private static final Pattern TABLE = Pattern.compile("\\[{1,2}\\s*([A-Za-z0-9_.\"-]+)\\s*]{1,2}\\s*(#.*)?");
    private static final Pattern ENTRY = Pattern.compile("([A-Za-z0-9_-]+)\\s*=\\s*(.*)");
    private static final Pattern VALUE =
            Pattern.compile("(?:\"((?:[^\"\\\\]|\\\\[\"\\\\/])*)\"|'([^']*)'|(true|false))\\s*(?:#.*)?");

    private final MirrorSettings settings;
    private final List<Map<String, String>> mirrors = new ArrayList<>();
    private Map<String, String> registry;
    private Map<String, String> table;

    private RegistriesConf(MirrorSettings settings) {
        this.settings = settings;
    }

    static void addTo(String text, MirrorSettings settings) {
        RegistriesConf conf = new RegistriesConf(settings);
        int number = 0;
        int open = 0;
        for (String raw : text.lines().toList()) {
            number++;
            String line = raw.strip();
            if (open > 0) { // A list over several lines, which no table that is read here has.
                open += brackets(line);
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                open = conf.line(line, number);
            }
        }
        conf.end();
    }

    private static int brackets(String line) {
        return (int) (line.chars().filter(c -> c == '[').count()
                - line.chars().filter(c -> c == ']').count());
    }

    /** Reads a line; returns how many brackets it leaves open. */
    private int line(String line, int number) {
        Matcher head = TABLE.matcher(line);
        if (line.startsWith("[") && head.matches()) {
            begin(head.group(1), line);
            return 0;
        }
        if (table == null) {
            return Math.max(0, brackets(line));
        }
        Matcher entry = ENTRY.matcher(line);
        if (!entry.matches()) {
            throw new IllegalArgumentException("is malformed in line " + number + ": " + Quote.of(line));
        }
        Matcher value = VALUE.matcher(entry.group(2));
        if (!value.matches()) {
            if (entry.group(1).equals("mirror")) {
                settings.note("line " + number + ": mirrors in one line cannot be read; write [[registry.mirror]]");
                return Math.max(0, brackets(line));
            }
            throw new IllegalArgumentException("is malformed in line " + number + ": " + Quote.of(line));
        }
        String text = value.group(1) != null
                ? value.group(1).replaceAll("\\\\(.)", "$1")
                : value.group(2) != null ? value.group(2) : value.group(3);
        table.put(entry.group(1), text);
        return 0;
    }

    private void begin(String name, String line) {
        if (name.equals("registry") && line.startsWith("[[")) {
            end();
            registry = new HashMap<>();
            table = registry;
        } else if (name.equals("registry.mirror") && line.startsWith("[[") && registry != null) {
            table = new HashMap<>();
            mirrors.add(table);
        } else if (name.startsWith("registries.")) {
            throw new IllegalArgumentException(
                    "is of version 1 ([" + name + "]); write it with [[registry]], as podman and cri-o need it too");
        } else {
            end();
            table = null;
        }
    }

    private void end() {
        if (registry != null) {
            String location = registry.getOrDefault("location", "");
            String prefix = registry.getOrDefault("prefix", location);
            if (prefix.isEmpty()) {
                settings.note("a [[registry]] without prefix and location is passed over");
            } else {
                enter(prefix, location);
            }
        }
        registry = null;
        mirrors.clear();
    }

    private void enter(String prefix, String location) {
        boolean digestOnly = is(registry, "mirror-by-digest-only");
        for (Map<String, String> mirror : mirrors) {
            String place = mirror.getOrDefault("location", "");
            String pull = mirror.getOrDefault("pull-from-mirror", digestOnly ? "digest-only" : "all");
            if (place.isEmpty()) {
                settings.note("a mirror of " + Quote.of(prefix) + " without a location is passed over");
                continue;
            }
            settings.mirror(prefix, pull.equals("all") ? "" : pull + " ", place);
            insecure(mirror, place);
        }
        if (is(registry, "blocked")) {
            settings.block(prefix);
        } else if (!location.isEmpty()) {
            settings.location(prefix, location);
        }
        insecure(registry, location.isEmpty() ? prefix : location);
    }

    private void insecure(Map<String, String> from, String place) {
        if (is(from, "insecure")) {
            settings.unverified(place);
            settings.note("insecure = true of " + Quote.of(place)
                    + ": its certificate is not verified; where it speaks plain http, name it as such");
        }
    }

    private static boolean is(Map<String, String> from, String key) {
        return "true".equals(from.get(key));
    }
}
