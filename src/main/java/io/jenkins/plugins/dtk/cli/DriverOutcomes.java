package io.jenkins.plugins.dtk.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.dtk.driver.DriverResult;
import io.jenkins.plugins.dtk.driver.DriverTarget;
import io.jenkins.plugins.dtk.driver.Outcome;
import java.util.HashMap;
import java.util.Map;

/** What the steps report of the images that they were given, with the log of each. */
final class DriverOutcomes {

    private static final JsonNode NONE = new ObjectMapper().createObjectNode();

    private final Map<String, JsonNode> kernels = new HashMap<>();
    private final BranchLogs logs;

    /** @param json of {@code dtkReport}, for one library */
    DriverOutcomes(String json, BranchLogs logs) {
        this.logs = logs;
        try {
            new ObjectMapper()
                    .readTree(json)
                    .forEach(library -> library.forEach(
                            kernel -> kernels.put(kernel.path("kernel").asText(), kernel)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // the step writes JSON
        }
    }

    /** What became of an image; as before where the steps were not given it. */
    DriverResult after(DriverResult before) {
        DriverTarget target = before.image().target();
        JsonNode kernel = kernels.getOrDefault(target.flavoured().toString(), NONE);
        JsonNode image = kernel.path("archs").path(target.architecture().platform());
        if (before.known() || before.outcome() == Outcome.EXCLUDED || image.isMissingNode()) {
            return before;
        }
        Outcome outcome = outcome(image);
        String why = why(outcome, target, image.path("reason").asText());
        if (kernel.path("index").asText().equals("failed") && !outcome.isFailure()) {
            outcome = Outcome.FAILED;
            why = kernel.path("reason").asText();
        }
        return new DriverResult(
                before.image(),
                outcome,
                false,
                why,
                image.path("toolkit").asText(before.toolkit()),
                logs.log(target.uname()),
                logs.warnings(target.uname()));
    }

    private static Outcome outcome(JsonNode image) {
        String exactly = image.path("outcome").asText();
        return switch (image.path("status").asText()) {
            case "built" -> Outcome.BUILT;
            case "there" -> Outcome.THERE;
            case "unknown" -> Outcome.UNKNOWN;
            default -> exactly.isEmpty() ? Outcome.FAILED : Outcome.ofWords(exactly);
        };
    }

    private String why(Outcome outcome, DriverTarget target, String reason) {
        return switch (outcome) {
            case BUILT -> logs.signer(target.uname());
            case LEFT -> reason.isEmpty() ? "by --limit" : reason;
            default -> reason;
        };
    }
}
