package jenkins.util;

/** Settings from system properties, {@code -Dname=value}. */
public class SystemProperties {

    private SystemProperties() {}

    /** The value; null when it is not set. */
    public static String getString(String name) {
        return System.getProperty(name);
    }

    public static String getString(String name, String defaultValue) {
        return System.getProperty(name, defaultValue);
    }

    public static Integer getInteger(String name, Integer defaultValue) {
        try {
            return Integer.decode(getString(name, ""));
        } catch (NumberFormatException e) {
            return defaultValue;
        }
    }
}
