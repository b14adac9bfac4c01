package io.jenkins.plugins.dtk.embedded;

import groovy.lang.Closure;
import hudson.AbortException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The arguments of one call as the pipeline wrote them: either by name, or one without a name, or none; and a block.
 *
 * @param named null when there are none by name
 * @param unnamed at most one
 * @param block null when there is none
 */
record StepCall(Map<String, Object> named, List<Object> unnamed, Closure<?> block) {

    /** Sorts out what Groovy passes. */
    static StepCall of(String step, Object[] arguments) throws AbortException {
        List<Object> rest = Arrays.asList(arguments);
        Closure<?> block = null;
        if (!rest.isEmpty() && rest.get(rest.size() - 1) instanceof Closure<?> last) {
            block = last;
            rest = rest.subList(0, rest.size() - 1);
        }
        if (rest.size() == 1 && rest.get(0) instanceof Map<?, ?> map) {
            Map<String, Object> named = new LinkedHashMap<>();
            map.forEach((name, value) -> named.put(String.valueOf(name), value));
            return new StepCall(named, List.of(), block);
        }
        if (rest.size() > 1) {
            throw new AbortException(
                    step + " takes its arguments by name, or one alone without a name; it got " + rest);
        }
        return new StepCall(null, rest, block);
    }

    /** The arguments by name; one without a name gets the name that the step's parameters give it. */
    Map<String, Object> byName(StepArguments parameters) throws AbortException {
        if (named != null) {
            return named;
        }
        Map<String, Object> byName = new LinkedHashMap<>();
        if (!unnamed.isEmpty()) {
            byName.put(parameters.soleParameter(), unnamed.get(0));
        }
        return byName;
    }
}
