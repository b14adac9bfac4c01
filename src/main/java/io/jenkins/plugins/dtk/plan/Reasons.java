package io.jenkins.plugins.dtk.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Why things failed: one line that says each reason once, the one that most share first. */
final class Reasons {

    private static final int MOST_REASONS = 5;
    private static final int MOST_NAMES = 3;

    /** What stands for the name of what failed, so that the same reason for two images is one. */
    private static final String ITSELF = "\0";

    private record Group(List<String> names, Set<String> agents, String reason) {}

    private final Map<String, Group> groups = new LinkedHashMap<>();

    /**
     * @param name of what failed: an image or an index
     * @param tag of its kernel
     * @param reason in one line
     * @param agent where; empty when unknown
     */
    void add(String name, String tag, String reason, String agent) {
        Group group = groups.computeIfAbsent(
                reason.replace(name, ITSELF).replace(tag, ITSELF),
                key -> new Group(new ArrayList<>(), new LinkedHashSet<>(), reason));
        group.names.add(name);
        if (!agent.isEmpty()) {
            group.agents.add(agent);
        }
    }

    /** Empty when there is none. */
    Optional<String> text() {
        if (groups.isEmpty()) {
            return Optional.empty();
        }
        List<Group> most = new ArrayList<>(groups.values());
        most.sort(Comparator.comparingInt((Group group) -> -group.names.size()));
        int more = Math.max(0, most.size() - MOST_REASONS);
        String text = most.stream().limit(MOST_REASONS).map(Reasons::line).collect(Collectors.joining("; "));
        return Optional.of(
                more == 0 ? text : text + "; and " + more + (more == 1 ? " other reason" : " other reasons"));
    }

    private static String line(Group group) {
        String where = group.agents.isEmpty() ? "" : " (on " + few(group.agents) + ")";
        return few(group.names) + ": " + group.reason + where;
    }

    private static String few(Collection<String> names) {
        int more = names.size() - MOST_NAMES;
        int shown = more <= 1 ? names.size() : MOST_NAMES;
        return names.stream().limit(shown).collect(Collectors.joining(", "))
                + (more > 1 ? " and " + more + " more" : "");
    }
}
