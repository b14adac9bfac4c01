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

    /** False when it is not set. */
    public static boolean getBoolean(String name) {
        return getBoolean(name, false);
    }

    public static boolean getBoolean(String name, boolean defaultValue) {
        String value = getString(name);
        return value == null ? defaultValue : Boolean.parseBoolean(value);
    }

    /** Null when it is not set or no number. */
    public static Integer getInteger(String name) {
        return getInteger(name, null);
    }

    public static Integer getInteger(String name, Integer defaultValue) {
        try {
            return Integer.decode(getString(name, ""));
        } catch (NumberFormatException e) {
            return defaultValue;
        }
    }

    /** Null when it is not set or no number. */
    public static Long getLong(String name) {
        return getLong(name, null);
    }

    public static Long getLong(String name, Long defaultValue) {
        try {
            return Long.decode(getString(name, ""));
        } catch (NumberFormatException e) {
            return defaultValue;
        }
    }
}
