package io.jenkins.plugins.dtk.embedded;

import groovy.lang.GString;
import java.lang.reflect.Array;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Turns a value of the pipeline into what a step's parameter takes, as Jenkins does. */
final class Conversion {

    private Conversion() {}

    /** The value does not fit. */
    static final class Mismatch extends Exception {
        private static final long serialVersionUID = 1L;
    }

    static Object convert(Object given, Type type) throws Mismatch {
        Object value = plain(given);
        Class<?> raw = raw(type);
        if (value == null) {
            if (raw.isPrimitive()) {
                throw new Mismatch();
            }
            return null;
        }
        if (value instanceof Collection<?> elements && (raw.isArray() || raw.isAssignableFrom(List.class))) {
            return list(elements, raw, type);
        }
        if (raw.isInstance(value)) {
            return value;
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return bool(value);
        }
        if (value instanceof String text && raw.isEnum()) {
            return constant(raw, text);
        }
        return number(value, raw);
    }

    /** What the parameter takes, for people. */
    static String describe(Type type) {
        Class<?> raw = raw(type);
        if (raw == String.class) {
            return "text";
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return "true or false";
        }
        if (raw.isEnum()) {
            return "one of "
                    + Arrays.stream(raw.getEnumConstants())
                            .map(Object::toString)
                            .collect(Collectors.joining(", "));
        }
        if (Map.class.isAssignableFrom(raw)) {
            return "a map";
        }
        if (raw.isArray() || Collection.class.isAssignableFrom(raw)) {
            return "a list";
        }
        boolean number = raw.isPrimitive() || Number.class.isAssignableFrom(raw);
        return number ? "a number" : "a " + raw.getSimpleName();
    }

    /** Groovy's texts with values in them become texts, in lists and maps too. */
    private static Object plain(Object value) {
        if (value instanceof GString) {
            return value.toString();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Conversion::plain).collect(Collectors.toCollection(ArrayList::new));
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> plain = new LinkedHashMap<>();
            map.forEach((key, entry) -> plain.put(plain(key), plain(entry)));
            return plain;
        }
        return value;
    }

    private static Object list(Collection<?> elements, Class<?> raw, Type type) throws Mismatch {
        Type elementType = raw.isArray() ? raw.getComponentType() : Object.class;
        if (type instanceof ParameterizedType parameterized) {
            elementType = parameterized.getActualTypeArguments()[0];
        }
        List<Object> converted = new ArrayList<>();
        for (Object element : elements) {
            converted.add(convert(element, elementType));
        }
        if (!raw.isArray()) {
            return converted;
        }
        Object array = Array.newInstance(raw.getComponentType(), converted.size());
        for (int i = 0; i < converted.size(); i++) {
            Array.set(array, i, converted.get(i));
        }
        return array;
    }

    private static Boolean bool(Object value) throws Mismatch {
        if (value instanceof Boolean bool) {
            return bool;
        }
        if ("true".equals(value) || "false".equals(value)) {
            return "true".equals(value);
        }
        throw new Mismatch();
    }

    private static Object constant(Class<?> type, String name) throws Mismatch {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new Mismatch();
    }

    private static Object number(Object value, Class<?> type) throws Mismatch {
        try {
            if (type == int.class || type == Integer.class) {
                return Math.toIntExact(whole(value));
            }
            if (type == long.class || type == Long.class) {
                return whole(value);
            }
            if (type == double.class || type == Double.class) {
                return value instanceof Number number ? number.doubleValue() : Double.parseDouble(text(value));
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw new Mismatch();
        }
        throw new Mismatch();
    }

    private static long whole(Object value) throws Mismatch {
        return value instanceof Integer || value instanceof Long
                ? ((Number) value).longValue()
                : Long.parseLong(text(value));
    }

    private static String text(Object value) throws Mismatch {
        if (value instanceof String text) {
            return text;
        }
        throw new Mismatch();
    }

    private static Class<?> raw(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        return type instanceof ParameterizedType parameterized ? (Class<?>) parameterized.getRawType() : Object.class;
    }
}
