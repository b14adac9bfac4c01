package io.jenkins.plugins.dtk.registry;

import io.jenkins.plugins.dtk.json.JsonCursor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The error of a registry, {@code {"errors":[{"code","message","detail"}]}}, or of a token service, which have several
 * forms. What is not there is empty.
 */
final class ErrorBody {

    /** Where token services put their message. */
    private static final List<String> MESSAGES = List.of("error_description", "details", "message", "error");

    private final Map<String, String> outer = new TreeMap<>();
    private final Map<String, String> first = new TreeMap<>();

    private ErrorBody() {}

    static ErrorBody parse(JsonCursor root) throws IOException {
        ErrorBody body = new ErrorBody();
        root.fields((name, value) -> {
            if (name.equals("errors") && value.isList()) {
                int[] count = {0};
                value.elements(error -> {
                    if (count[0]++ == 0 && error.isObject()) {
                        error.fields((field, text) -> take(body.first, field, text));
                    }
                });
            } else if (MESSAGES.contains(name)) {
                take(body.outer, name, value);
            }
        });
        return body;
    }

    private static void take(Map<String, String> texts, String name, JsonCursor value) throws IOException {
        String text = value.anyText();
        if (text != null) {
            texts.put(name, text);
        }
    }

    String code() {
        return first.getOrDefault("code", "");
    }

    String message() {
        String own = first.getOrDefault("message", "");
        return !own.isBlank()
                ? own
                : MESSAGES.stream()
                        .map(name -> outer.getOrDefault(name, ""))
                        .filter(text -> !text.isBlank())
                        .findFirst()
                        .orElse("");
    }

    /** In parentheses. */
    String detail() {
        return first.containsKey("detail") ? " (" + first.get("detail") + ")" : "";
    }
}
