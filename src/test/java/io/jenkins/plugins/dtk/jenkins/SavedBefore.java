package io.jenkins.plugins.dtk.jenkins;

import java.lang.reflect.Field;

/** Values that an earlier version saved in the global configuration, without a check. */
final class SavedBefore {

    private SavedBefore() {}

    /** Returns what was there. */
    static Object set(DtkConfiguration configuration, String name, Object value) {
        try {
            Field field = field(name);
            field.setAccessible(true);
            Object before = field.get(configuration);
            field.set(configuration, value);
            return before;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Field field(String name) throws NoSuchFieldException {
        for (Class<?> type = DtkConfiguration.class; type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    return field;
                }
            }
        }
        throw new NoSuchFieldException(name);
    }
}
