package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import io.jenkins.plugins.dtk.text.NearMiss;
import java.beans.Introspector;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Checks the arguments of a step before it is made of them. Jenkins itself answers a value of another type with a stack
 * trace, and a parameter that does not exist with a warning.
 */
final class StepParameters {

    private static final int LONGEST = 60;

    /** Those that are maps of texts. */
    private static final Set<String> MAPS = Set.of("exclude", "buildArgs", "buildContexts", "labels", "secrets");

    private final String step;
    private final Map<String, Class<?>> types = new TreeMap<>();

    private StepParameters(StepDescriptor descriptor) {
        step = descriptor.getFunctionName();
        for (Constructor<?> constructor : descriptor.clazz.getDeclaredConstructors()) {
            if (constructor.isAnnotationPresent(DataBoundConstructor.class)) {
                for (Parameter parameter : constructor.getParameters()) {
                    types.put(parameter.getName(), parameter.getType());
                }
            }
        }
        for (Method method : descriptor.clazz.getMethods()) {
            if (method.isAnnotationPresent(DataBoundSetter.class)) {
                String name = Introspector.decapitalize(method.getName().substring("set".length()));
                types.put(name, method.getParameterTypes()[0]);
            }
        }
    }

    /**
     * The arguments as the step takes them; what is null is left out.
     *
     * @throws AbortException when a name is unknown or a value is of another type; one line
     */
    static Map<String, Object> check(StepDescriptor descriptor, Map<String, Object> arguments) throws AbortException {
        return new StepParameters(descriptor).check(arguments);
    }

    private Map<String, Object> check(Map<String, Object> arguments) throws AbortException {
        Map<String, Object> checked = new LinkedHashMap<>();
        for (Map.Entry<String, Object> argument : arguments.entrySet()) {
            String name = argument.getKey();
            Class<?> type = types.get(name);
            if (type == null) {
                throw unknown(name);
            }
            if (argument.getValue() != null) {
                checked.put(name, value(name, argument.getValue(), type));
            }
        }
        return checked;
    }

    private AbortException unknown(String name) {
        String takes = types.isEmpty() ? "no parameters" : String.join(", ", types.keySet());
        return new AbortException(step + ": unknown parameter '" + name + "'" + NearMiss.hint(name, types.keySet())
                + "; " + step + " takes " + takes);
    }

    private Object value(String name, Object value, Class<?> type) throws AbortException {
        if (type == String.class && value instanceof CharSequence) {
            return value.toString();
        }
        if (type == boolean.class && (value instanceof Boolean || isOneOf(value, "true", "false"))) {
            return Boolean.valueOf(value.toString());
        }
        if (type == int.class && value instanceof Number || type == int.class && value instanceof CharSequence) {
            return whole(name, value);
        }
        if (type == Object.class) {
            return name.equals("matrix") ? value : MAPS.contains(name) ? pairs(name, value) : items(name, value);
        }
        throw wrong(name, value, type);
    }

    /** Lines NAME=VALUE. */
    private Object pairs(String name, Object value) throws AbortException {
        if (value instanceof CharSequence || value instanceof Map<?, ?> map && isPlain(map)) {
            return Arguments.lines(value);
        }
        throw wrong(name, value, Map.class);
    }

    private static boolean isPlain(Map<?, ?> map) {
        return map.values().stream()
                .allMatch(one -> one instanceof CharSequence || one instanceof Number || one instanceof Boolean);
    }

    private static boolean isOneOf(Object value, String... words) {
        return value instanceof CharSequence && List.of(words).contains(value.toString());
    }

    private int whole(String name, Object value) throws AbortException {
        try {
            return Integer.parseInt(value.toString().strip());
        } catch (NumberFormatException e) {
            throw wrong(name, value, int.class);
        }
    }

    /** A list, whose items are texts. */
    private Object items(String name, Object value) throws AbortException {
        boolean fits = value instanceof CharSequence
                || value instanceof Collection<?> items && items.stream().allMatch(CharSequence.class::isInstance);
        if (!fits) {
            throw wrong(name, value, Object.class);
        }
        return Arguments.items(value);
    }

    private AbortException wrong(String name, Object value, Class<?> type) {
        String quotes = type == String.class && value instanceof Number ? "; write it in quotes: '" + value + "'" : "";
        return new AbortException(step + ": '" + name + "' takes " + wanted(type) + ", not " + given(value) + quotes);
    }

    private static String wanted(Class<?> type) {
        if (type == boolean.class) {
            return "true or false";
        }
        if (type == int.class) {
            return "a whole number";
        }
        if (type == Map.class) {
            return "a map of texts, or lines NAME=VALUE";
        }
        return type == String.class ? "text" : "a list of texts, or one text with commas";
    }

    private static String given(Object value) {
        String text = String.valueOf(value).replaceAll("\\s+", " ");
        String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        if (value instanceof CharSequence) {
            return "the text '" + shown + "'";
        }
        if (value instanceof Map) {
            return "the map " + shown;
        }
        if (value instanceof Collection || value.getClass().isArray()) {
            return "a list" + (value instanceof Collection ? " " + shown : "");
        }
        if (value instanceof Number) {
            return "the number " + shown;
        }
        return value instanceof Boolean ? shown : "something else";
    }
}
