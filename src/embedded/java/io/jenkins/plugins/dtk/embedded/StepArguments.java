package io.jenkins.plugins.dtk.embedded;

import hudson.AbortException;
import io.jenkins.plugins.dtk.text.NearMiss;
import java.beans.Introspector;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * The parameters of a step, and how a call's arguments become a step: by its {@link DataBoundConstructor}, then its
 * {@link DataBoundSetter}s; those of the engine by the constructor alone. As in Jenkins, a parameter of the constructor that is not given is null, 0 or false.
 */
public final class StepArguments {

    private final String step;
    private final Constructor<?> constructor;
    private final Map<String, Method> setters = new TreeMap<>();

    public StepArguments(StepDescriptor descriptor) {
        this.step = descriptor.getFunctionName();
        Class<?> type = descriptor instanceof BuiltIn.Descriptor builtIn ? builtIn.type() : descriptor.clazz;
        this.constructor = constructorOf(type);
        for (Method method : type.getMethods()) {
            if (method.isAnnotationPresent(DataBoundSetter.class) && method.getParameterCount() == 1) {
                setters.put(Introspector.decapitalize(method.getName().substring("set".length())), method);
            }
        }
    }

    private static Constructor<?> constructorOf(Class<?> type) {
        for (Constructor<?> candidate : type.getDeclaredConstructors()) {
            if (candidate.isAnnotationPresent(DataBoundConstructor.class) || type.isRecord()) {
                candidate.setAccessible(true);
                return candidate;
            }
        }
        throw new IllegalStateException(type.getName() + " has no @DataBoundConstructor");
    }

    /** The name of the parameter that an argument without a name is for; there must be one in the constructor. */
    String soleParameter() throws AbortException {
        List<Parameter> parameters = Stream.of(constructor.getParameters())
                .filter(parameter -> !parameter.isAnnotationPresent(BuiltIn.Optional.class))
                .toList();
        if (parameters.size() != 1) {
            throw new AbortException(step + " takes its arguments by name: " + names());
        }
        return parameters.get(0).getName();
    }

    /**
     * Makes the step.
     *
     * @throws AbortException when a name is unknown or a value does not fit; one line
     */
    public Step bind(Map<String, Object> arguments) throws Exception {
        List<String> names = names();
        for (String name : arguments.keySet()) {
            if (!names.contains(name)) {
                String takes = names.isEmpty() ? "no parameters" : String.join(", ", names);
                throw new AbortException(step + ": unknown parameter '" + name + "'" + NearMiss.hint(name, names) + "; "
                        + step + " takes " + takes);
            }
        }
        List<Object> values = new ArrayList<>();
        for (Parameter parameter : constructor.getParameters()) {
            String name = parameter.getName();
            boolean given = arguments.containsKey(name);
            Type type = parameter.getParameterizedType();
            values.add(given ? convert(name, arguments.get(name), type) : absent(parameter.getType()));
        }
        try {
            Object made = constructor.newInstance(values.toArray());
            for (Map.Entry<String, Method> setter : setters.entrySet()) {
                if (arguments.containsKey(setter.getKey())) {
                    Type type = setter.getValue().getGenericParameterTypes()[0];
                    setter.getValue().setAccessible(true);
                    setter.getValue().invoke(made, convert(setter.getKey(), arguments.get(setter.getKey()), type));
                }
            }
            return made instanceof BuiltIn work ? new BuiltIn.Call(work) : (Step) made;
        } catch (InvocationTargetException e) {
            throw refused(e.getCause());
        }
    }

    private Exception refused(Throwable failure) {
        if (failure instanceof IllegalArgumentException) {
            return new AbortException(step + ": " + failure.getMessage());
        }
        return failure instanceof Exception exception ? exception : new IllegalStateException(failure);
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        for (Parameter parameter : constructor.getParameters()) {
            names.add(parameter.getName());
        }
        names.addAll(setters.keySet());
        return names;
    }

    private Object convert(String name, Object value, Type type) throws AbortException {
        try {
            return Conversion.convert(value, type);
        } catch (Conversion.Mismatch e) {
            String given = value == null
                    ? "null"
                    : "'" + value + "' (" + value.getClass().getSimpleName() + ")";
            throw new AbortException(step + ": '" + name + "' takes " + Conversion.describe(type) + ", not " + given);
        }
    }

    private static Object absent(Class<?> type) {
        if (type == boolean.class) {
            return false;
        }
        if (type == double.class) {
            return 0.0;
        }
        if (type == long.class) {
            return 0L;
        }
        return type.isPrimitive() ? 0 : null;
    }
}
