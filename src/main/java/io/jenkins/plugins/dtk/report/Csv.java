package io.jenkins.plugins.dtk.report;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Lines of comma-separated values (RFC 4180, with line feeds alone); a list within a value is separated by spaces. */
final class Csv {

    private final StringBuilder text = new StringBuilder();

    public Csv(List<String> titles) {
        add(titles);
    }

    public void add(List<String> values) {
        text.append(values.stream().map(Csv::quoted).collect(Collectors.joining(",", "", "\n")));
    }

    /** Several things as one value. */
    public static String list(Collection<?> items) {
        return items.stream().map(Object::toString).collect(Collectors.joining(" "));
    }

    private static String quoted(String value) {
        return value.matches("[^\",\\r\\n]*") ? value : '"' + value.replace("\"", "\"\"") + '"';
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
