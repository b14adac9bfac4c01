package hudson;

import java.util.Map;
import java.util.TreeMap;

/** Environment variables, sorted by name; as in Jenkins, names differ only by more than their case. */
public class EnvVars extends TreeMap<String, String> {

    private static final long serialVersionUID = 1L;

    public EnvVars() {
        super(String.CASE_INSENSITIVE_ORDER);
    }

    public EnvVars(Map<String, String> variables) {
        this();
        putAll(variables);
    }

    /** Copies; the same as the constructor for any map. */
    public EnvVars(EnvVars variables) {
        this((Map<String, String>) variables);
    }

    /** Name, value, name, value and so on. */
    public EnvVars(String... namesAndValues) {
        this();
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a value is missing after the last name");
        }
        for (int i = 0; i < namesAndValues.length; i += 2) {
            put(namesAndValues[i], namesAndValues[i + 1]);
        }
    }

    /** Sets a variable; without a value removes it; {@code PATH+ANYTHING} puts the value in front of {@code PATH}. */
    public void override(String name, String value) {
        if (value == null || value.isEmpty()) {
            remove(name);
            return;
        }
        int plus = name.indexOf('+');
        if (plus > 0) {
            String path = name.substring(0, plus);
            String old = get(path);
            put(path, old == null ? value : value + ":" + old);
        } else {
            put(name, value);
        }
    }

    public EnvVars overrideAll(Map<String, String> variables) {
        variables.forEach(this::override);
        return this;
    }

    /** Overrides, with references such as {@code ${PATH}} in the values replaced from what is set so far. */
    public EnvVars overrideExpandingAll(Map<String, String> variables) {
        variables.forEach((name, value) -> override(name, expand(value)));
        return this;
    }

    @Override
    public String put(String name, String value) {
        if (value == null) {
            throw new IllegalArgumentException("the variable " + name + " has no value");
        }
        return super.put(name, value);
    }

    /** Replaces {@code $NAME} and {@code ${NAME}}; an unknown name stays as it is. */
    public String expand(String text) {
        return Util.replaceMacro(text, this);
    }
}
