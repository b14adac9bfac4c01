package io.jenkins.plugins.dtk.http;

import io.jenkins.plugins.dtk.text.Foreign;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Certificates of authorities, in PEM: those before any heading {@code [HOST]} are for all registries, those below one
 * for that registry alone.
 *
 * @param byHost by host in lower case, the others under the empty name
 */
public record Certificates(Map<String, String> byHost) {

    private static final String ALL = "";
    private static final Pattern HEADING = Pattern.compile("\\[([^\\[\\]\\s]+)]");

    /** Reads them. What stands between headings is looked at when it is first needed. */
    public static Certificates parse(String text) {
        Map<String, StringBuilder> parts = new LinkedHashMap<>();
        StringBuilder part = parts.computeIfAbsent(ALL, host -> new StringBuilder());
        for (String line : Foreign.withoutMark(text).lines().toList()) {
            Matcher heading = HEADING.matcher(line.strip());
            if (heading.matches()) {
                part = parts.computeIfAbsent(HostNames.lower(heading.group(1)), host -> new StringBuilder());
            } else {
                part.append(line.strip()).append('\n');
            }
        }
        Map<String, String> byHost = new LinkedHashMap<>();
        parts.forEach((host, pem) -> {
            if (!host.equals(ALL) || !pem.toString().isBlank()) {
                byHost.put(host, pem.toString());
            }
        });
        return new Certificates(byHost);
    }

    /** These and others. */
    Certificates plus(Certificates others) {
        Map<String, String> all = new LinkedHashMap<>(byHost);
        others.byHost().forEach((host, pem) -> all.merge(host, pem, String::concat));
        return new Certificates(all);
    }

    /** Whether something is trusted for this registry alone. */
    boolean isFor(String authority) {
        return byHost.containsKey(HostNames.lower(authority));
    }

    /** What is trusted for a registry in addition to Java's own; empty for nothing. */
    public String of(String authority) {
        String own = byHost.get(HostNames.lower(authority));
        return byHost.getOrDefault(ALL, "") + (own == null ? "" : own);
    }
}
