package io.jenkins.plugins.dtk.rhsm;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.text.Quote;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/** What RHSM answered, from a server that may be anybody. */
final class RhsmAnswer {

    /** RHSM's documents are six levels deep. */
    private static final int DEEPEST = 64;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .build();

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
                    && uuid.equals(MAPPER.readTree(body).path("deletedId").asText());
        } catch (IOException e) {
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

    JsonNode json() throws Failure {
        try {
            JsonNode json = MAPPER.readTree(body);
            if (json != null && json.isContainerNode()) {
                return json;
            }
        } catch (IOException e) {
            // Reported below, in our own words.
        }
        throw task.failure(Kind.INVALID, "the answer is not JSON: " + words());
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

    /**
     * The message of an error, in the three forms that subscription-manager knows: {@code displayMessage} from
     * Candlepin, {@code errors} from Katello, {@code error_description} from a login service in front.
     */
    private String said() {
        try {
            JsonNode json = MAPPER.readTree(body);
            for (JsonNode message : new JsonNode[] {
                json.path("displayMessage"), json.path("errors").path(0), json.path("error_description")
            }) {
                if (message.isTextual()) {
                    return Quote.shorten(task.hidden(message.textValue()));
                }
            }
        } catch (IOException e) {
            // A page for people, from something between us and RHSM.
        }
        return body.length == 0 ? "" : words();
    }

    private String words() {
        int start = Math.min(body.length, 4096);
        String text = new String(body, 0, start, StandardCharsets.UTF_8).replaceAll("<[^>]{0,200}>", " ");
        return Quote.of(task.hidden(text.strip()));
    }
}
