package io.jenkins.plugins.dtk.rhsm;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.json.JsonCursor;
import io.jenkins.plugins.dtk.json.JsonDocument;
import io.jenkins.plugins.dtk.text.Quote;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What RHSM answered, from a server that may be anybody. */
final class RhsmAnswer {

    /** A certificate of 4,000 content sets has some hundred thousand characters, and there may be several. */
    private static final int MOST_KEPT = 4 << 20;

    /** Where errors have their message, the first that is there: of Candlepin, Katello, a login service in front. */
    private static final List<String> MESSAGES = List.of("displayMessage", "errors", "error_description");

    private final RhsmRequests.Task task;
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    RhsmAnswer(RhsmRequests.Task task, int status, HttpHeaders headers, byte[] body) {
        this.task = task;
        this.status = status;
        this.headers = headers;
        this.body = body.clone();
    }

    int length() {
        return body.length;
    }

    boolean isFine() {
        return status == 200 || status == 204;
    }

    /**
     * Whether RHSM says that it has removed this system: as subscription-manager, we take no other word for that
     * (candlepin/subscription-manager src/rhsm/connection.py, GoneException). A 404 may come from a wrong address.
     */
    boolean isGone(String uuid) {
        try {
            return status == 410
                    && uuid.equals(parse(root -> texts(root, "deletedId")).get("deletedId"));
        } catch (Failure e) {
            return false;
        }
    }

    /** Whether RHSM may still be at work on the same request: Candlepin 4.4.25 answers 400, "Problem creating unit". */
    boolean isOfWorkInParallel() {
        return status == 400 || status == 409;
    }

    /** Whether there are too many requests, or what was asked for is still being made. */
    boolean isLimit() {
        return status == 429;
    }

    /** Whether the same request may succeed later. */
    boolean isPassing() {
        return status == 408 || status == 429 || status >= 500;
    }

    /** Whether RHSM did nothing, as it has too much to do. */
    boolean isBeforeAnyWork() {
        return status == 429 || status == 503;
    }

    boolean isRefusal() {
        return status >= 400;
    }

    /** What it says; nothing of it is held but what is taken. */
    <T> T read(JsonDocument.Content<T> content) throws Failure {
        try {
            return parse(content);
        } catch (Failure e) {
            throw task.failure(Kind.INVALID, e.getMessage() + "; it begins with " + words());
        }
    }

    private <T> T parse(JsonDocument.Content<T> content) throws Failure {
        return JsonDocument.named("the answer").keeping(MOST_KEPT).parse(body, content);
    }

    /** The fields of an object that are texts, of those with these names. */
    static Map<String, String> texts(JsonCursor object, String... names) throws IOException {
        Map<String, String> texts = new HashMap<>();
        object.fields((name, value) -> {
            if (value.isText() && List.of(names).contains(name)) {
                texts.put(name, value.text());
            }
        });
        return texts;
    }

    /** An answer that is not what was asked for, in words: the status and what it says. */
    String text() {
        if (status >= 300 && status < 400) {
            return "it redirected to "
                    + Quote.of(task.hidden(headers.firstValue("Location").orElse(""))) + ", where we do not go";
        }
        String said = said();
        return "it answered " + status + (said.isEmpty() ? "" : ": " + said);
    }

    /** The message of an error, in the three forms that subscription-manager knows. */
    private String said() {
        try {
            Map<String, String> messages = parse(RhsmAnswer::messages);
            for (String name : MESSAGES) {
                if (messages.containsKey(name)) {
                    return Quote.shorten(task.hidden(messages.get(name)));
                }
            }
        } catch (Failure e) {
            // A page for people, from something between us and RHSM.
        }
        return body.length == 0 ? "" : words();
    }

    private static Map<String, String> messages(JsonCursor root) throws IOException {
        Map<String, String> found = new HashMap<>();
        root.fields((name, value) -> {
            if (value.isText() && MESSAGES.contains(name)) {
                found.put(name, value.text());
            } else if (name.equals("errors") && value.isList()) {
                value.elements(error -> {
                    if (error.isText()) {
                        found.putIfAbsent(name, error.text());
                    }
                });
            }
        });
        return found;
    }

    private String words() {
        int start = Math.min(body.length, 4096);
        String text = new String(body, 0, start, StandardCharsets.UTF_8).replaceAll("<[^>]{0,200}>", " ");
        return Quote.of(task.hidden(text.strip()));
    }
}
