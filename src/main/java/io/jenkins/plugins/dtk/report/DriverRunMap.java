package io.jenkins.plugins.dtk.report;

import io.jenkins.plugins.dtk.driver.DriverResult;
import io.jenkins.plugins.dtk.driver.Outcome;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What became of the images of a driver, in the form of what {@code dtkBuild} returns. */
final class DriverRunMap {

    private DriverRunMap() {}

    static Map<String, Object> of(List<DriverResult> results) {
        Map<KernelVersion, Map<String, Object>> kernels = new LinkedHashMap<>();
        for (DriverResult result : results) {
            kernels.computeIfAbsent(result.image().target().flavoured(), none -> new LinkedHashMap<>())
                    .put(result.image().target().architecture().platform(), image(result));
        }
        List<Object> all = new ArrayList<>();
        kernels.forEach((kernel, archs) ->
                all.add(Map.of("kernel", kernel.toString(), "index", RunFacts.Index.NONE.id(), "archs", archs)));
        return Map.of("kernels", all);
    }

    private static Map<String, Object> image(DriverResult result) {
        return Map.of(
                "status",
                (result.known() ? ImageStatus.SKIPPED : status(result.outcome())).id(),
                "outcome",
                result.outcome().words(),
                "known",
                result.known(),
                "reason",
                result.why(),
                ReturnedRun.TAGS,
                result.image().tags());
    }

    private static ImageStatus status(Outcome outcome) {
        return switch (outcome) {
            case BUILT -> ImageStatus.BUILT;
            case THERE -> ImageStatus.THERE;
            case UNKNOWN -> ImageStatus.UNKNOWN;
            case LEFT, EXCLUDED, NO_TOOLKIT -> ImageStatus.SKIPPED;
            case DOES_NOT_COMPILE, DOES_NOT_FIT, FAILED -> ImageStatus.FAILED;
        };
    }
}
