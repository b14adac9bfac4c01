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

    private final ArrayList<String> words = new ArrayList<>();

    /** Where each word is; of use only while branches are added. */
    private transient Map<String, Integer> places = new HashMap<>();

    /** Adds the variables of a branch, and tells where they are: a name, its value, a name, and so on. */
    int[] add(Map<String, String> variables) {
        int[] row = new int[2 * variables.size()];
        int next = 0;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            row[next++] = place(variable.getKey());
            row[next++] = place(variable.getValue());
        }
        return row;
    }

    private int place(String word) {
        return places.computeIfAbsent(word, w -> {
            words.add(w);
            return words.size() - 1;
        });
    }

    /** The variables of a branch. */
    Map<String, String> of(int[] row) {
        Map<String, String> variables = new TreeMap<>();
        for (int i = 0; i < row.length; i += 2) {
            variables.put(words.get(row[i]), words.get(row[i + 1]));
        }
        return variables;
    }
}
