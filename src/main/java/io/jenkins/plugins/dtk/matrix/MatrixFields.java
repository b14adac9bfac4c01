package io.jenkins.plugins.dtk.matrix;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.text.CommaList;
import io.jenkins.plugins.dtk.text.Quote;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One map of a matrix or a catalog, read key by key, with messages that say where it is wrong. A text may be of any
 * kind that Groovy knows, and a list a text with commas.
 */
public final class MatrixFields {

    private final String what;
    private final Map<?, ?> map;
    private final String whose;

    /**
     * @param what begins messages, such as {@code a matrix}
     * @param whose ends messages about a key, such as {@code of entry 3}
     */
    public MatrixFields(String what, Map<?, ?> map, String whose) {
        this.what = what;
        this.map = map;
        this.whose = whose;
    }

    /** The same map, with other messages. */
    public MatrixFields named(String newWhose) {
        return new MatrixFields(what, map, newWhose);
    }

    /** Whether there is a value. */
    public boolean has(String key) {
        return map.get(key) != null;
    }

    /**
     * A value that must be there.
     *
     * @throws IllegalArgumentException when it is not, or is malformed; one line
     */
    public <T> T value(String key, Function<String, T> parser) {
        if (!has(key)) {
            throw wrong(key, "absent", null);
        }
        return parse(key, map.get(key), parser);
    }

    /** A value that may be there. */
    public <T> Optional<T> find(String key, Function<String, T> parser) {
        return has(key) ? Optional.of(value(key, parser)) : Optional.empty();
    }

    /** A list of texts; none where the key is absent. */
    public List<String> list(String key) {
        return list(key, text -> text);
    }

    /** The same, each item parsed. */
    public <T> List<T> list(String key, Function<String, T> parser) {
        Object value = map.get(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof Collection<?> items) {
            return items.stream().map(item -> parse(key, item, parser)).toList();
        }
        if (value instanceof CharSequence text) {
            String items = text.toString();
            return items.isBlank()
                    ? List.of()
                    : parse(key, items, CommaList::of).stream()
                            .map(item -> parse(key, item, parser))
                            .toList();
        }
        throw wrong(key, "not a list", null);
    }

    /** The entries of a map; none where the key is absent. */
    <K, V> Map<K, V> map(String key, Function<String, K> names, Function<String, V> values) {
        if (!has(key)) {
            return Map.of();
        }
        if (!(map.get(key) instanceof Map<?, ?> entries)) {
            throw wrong(key, "not a map", null);
        }
        Map<K, V> read = new LinkedHashMap<>();
        entries.forEach((name, value) -> read.put(parse(key, name, names), parse(key, value, values)));
        return read;
    }

    /** At least one architecture. */
    Set<Architecture> architectures(String key) {
        if (!has(key)) {
            throw wrong(key, "absent", null);
        }
        List<Architecture> found = list(key, Architecture::parse);
        if (found.isEmpty()) {
            throw wrong(key, "empty", null);
        }
        return EnumSet.copyOf(found);
    }

    /** Some of these architectures, or none. */
    Set<Architecture> someOf(Set<Architecture> all, String key) {
        Set<Architecture> found = EnumSet.noneOf(Architecture.class);
        for (Architecture architecture : list(key, Architecture::parse)) {
            if (!all.contains(architecture)) {
                throw wrong(key, architecture.platform() + ", which 'archs' does not name", null);
            }
            found.add(architecture);
        }
        return found;
    }

    private <T> T parse(String key, Object value, Function<String, T> parser) {
        if (!(value instanceof CharSequence)) {
            throw wrong(key, Quote.of(String.valueOf(value)) + ", not text", null);
        }
        try {
            return parser.apply(value.toString());
        } catch (IllegalArgumentException e) {
            throw wrong(key, e.getMessage(), e);
        }
    }

    private IllegalArgumentException wrong(String key, String why, Throwable cause) {
        return new IllegalArgumentException("not " + what + ": '" + key + "'" + whose + " is " + why, cause);
    }
}
