package io.jenkins.plugins.dtk.plan;

import io.jenkins.plugins.dtk.plan.ImageEntry.Status;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the ledger's pages add up to. */
record LedgerReport(Collection<KernelEntry> kernels) {

    /** How many images stand like this. */
    long count(Status status) {
        return kernels.stream().mapToLong(kernel -> kernel.count(status)).sum();
    }

    Optional<String> failure() {
        Reasons reasons = new Reasons();
        kernels.forEach(kernel -> kernel.report().addFailures(reasons));
        return reasons.text().map(text -> {
            long stopped = count(Status.STOPPED);
            String rest = stopped == 1 ? "1 branch was ended" : stopped + " branches were ended";
            return stopped == 0 ? text : text + "; " + rest + " before it was done";
        });
    }

    Optional<String> kept() {
        Reasons reasons = new Reasons();
        kernels.forEach(kernel -> kernel.report().addKept(reasons));
        return reasons.text();
    }

    /** Plain maps, lists and strings. */
    Map<String, Object> toMap(String image) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("image", image);
        map.put("built", (int) count(Status.BUILT));
        map.put("failed", (int) count(Status.FAILED));
        map.put("stopped", (int) count(Status.STOPPED));
        map.put("skipped", (int) count(Status.SKIPPED));
        map.put("unknown", (int) count(Status.UNKNOWN));
        map.put(
                "kernels",
                kernels.stream()
                        .map(kernel -> kernel.report().toMap())
                        .collect(Collectors.toCollection(ArrayList::new)));
        List<String> refused = kernels.stream()
                .flatMap(kernel -> kernel.report().refused().stream())
                .collect(Collectors.toCollection(ArrayList::new));
        if (!refused.isEmpty()) {
            map.put("kept", refused);
        }
        return map;
    }
}
