package io.jenkins.plugins.dtk.embedded;

import hudson.AbortException;
import io.jenkins.plugins.dtk.text.NearMiss;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * {@code properties}: the pipeline's parameters get the values that the user gave, or their defaults. Triggers and the
 * like are for Jenkins to heed.
 */
record PropertiesStep(List<Described> properties) implements BuiltIn {

    @Override
    public Object run(EngineContext context) throws Exception {
        for (Described property : properties == null ? List.<Described>of() : properties) {
            if (property.symbol().equals("parameters")) {
                declare(property, context.run());
            }
        }
        return null;
    }

    private static void declare(Described parameters, LocalRun run) throws AbortException {
        Map<String, String> given = run.settings().parameters();
        Map<String, Object> values = new LinkedHashMap<>();
        Object list = parameters.unnamed();
        for (Object element : list instanceof List<?> all ? all : List.of()) {
            if (!(element instanceof Described parameter)) {
                throw new AbortException("parameters: '" + element + "' is no parameter");
            }
            String name = parameter.text("name");
            values.put(name, value(parameter, name, given.get(name), run));
        }
        for (String name : given.keySet()) {
            if (!values.containsKey(name)) {
                throw new AbortException("the pipeline has no parameter '" + name + "'"
                        + NearMiss.hint(name, values.keySet()) + "; it has "
                        + String.join(", ", new TreeSet<>(values.keySet())));
            }
        }
        run.setParameters(values);
    }

    private static Object value(Described parameter, String name, String given, LocalRun run) throws AbortException {
        Object preset = parameter.arguments().get("defaultValue");
        switch (parameter.symbol()) {
            case "string", "text":
                return given != null ? given : preset == null ? "" : preset.toString();
            case "password":
                String secret = given != null ? given : preset == null ? "" : preset.toString();
                run.log().hide(List.of(secret));
                return secret;
            case "booleanParam":
                return bool(name, given, Boolean.TRUE.equals(preset));
            case "choice":
                return choice(name, given, parameter.arguments().get("choices"));
            default:
                throw new AbortException("parameters: '" + parameter.symbol() + "' needs Jenkins; use string, text,"
                        + " password, booleanParam or choice");
        }
    }

    private static boolean bool(String name, String given, boolean preset) throws AbortException {
        if (given != null && !given.equals("true") && !given.equals("false")) {
            throw new AbortException("the parameter '" + name + "' takes true or false, not '" + given + "'");
        }
        return given == null ? preset : Boolean.parseBoolean(given);
    }

    private static String choice(String name, String given, Object choices) throws AbortException {
        List<String> all = choices instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : String.valueOf(choices).lines().toList();
        if (all.isEmpty()) {
            throw new AbortException("choice: the parameter '" + name + "' has no choices");
        }
        if (given != null && !all.contains(given)) {
            throw new AbortException("the parameter '" + name + "' takes one of " + all + ", not '" + given + "'");
        }
        return given == null ? all.get(0) : given;
    }
}
