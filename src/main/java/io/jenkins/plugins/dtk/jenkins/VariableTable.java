package io.jenkins.plugins.dtk.jenkins;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The variables of all branches of a run, each name and value kept once: most are the same in many branches. Jenkins
 * stores the state of all branches whenever a step of one of them ends, so that what each branch adds counts.
 */
final class VariableTable implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final int ABSENT = -1;

    private final ArrayList<String> names = new ArrayList<>();
    private final ArrayList<String> values = new ArrayList<>();

    /** Where each value is; of use only while branches are added. */
    private transient Map<String, Integer> places;

    /** Adds the variables of a branch, and returns where the value of each name is. */
    int[] add(Map<String, String> variables) {
        variables.keySet().stream().filter(name -> !names.contains(name)).forEach(names::add);
        return names.stream()
                .mapToInt(name -> variables.containsKey(name) ? place(variables.get(name)) : ABSENT)
                .toArray();
    }

    private int place(String value) {
        if (places == null) {
            places = new HashMap<>();
        }
        return places.computeIfAbsent(value, v -> {
            values.add(v);
            return values.size() - 1;
        });
    }

    /** The variables of a branch. */
    Map<String, String> of(int[] row) {
        Map<String, String> variables = new TreeMap<>();
        for (int i = 0; i < row.length; i++) {
            if (row[i] != ABSENT) {
                variables.put(names.get(i), values.get(row[i]));
            }
        }
        return variables;
    }
}
