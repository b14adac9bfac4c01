package io.jenkins.plugins.dtk.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What runs came to, for programs: plain maps and lists, with the keys of what {@code dtkBuild} returns. */
final class RunJson {

    private RunJson() {}

    /** By the library's repository, its kernels. */
    static Map<String, Object> toMap(Map<String, RunFacts> runs) {
        Map<String, Object> map = new LinkedHashMap<>();
        runs.forEach((image, facts) ->
                map.put(image, facts.kernels().stream().map(RunJson::kernel).toList()));
        return map;
    }

    private static Map<String, Object> kernel(RunFacts.Kernel kernel) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("kernel", kernel.kernel().kernel().toString());
        map.put("releases", List.copyOf(kernel.kernel().releases()));
        map.put("index", kernel.index().id());
        map.put("digest", kernel.digest());
        map.put("reason", kernel.reason());
        map.put(
                "archs",
                kernel.images().entrySet().stream()
                        .collect(Collectors.toMap(
                                one -> one.getKey().platform(),
                                one -> image(one.getValue()),
                                (first, second) -> first,
                                LinkedHashMap::new)));
        return map;
    }

    private static Map<String, Object> image(RunFacts.Image image) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("status", image.status().id());
        map.put("outcome", image.outcome());
        map.put("digest", image.digest());
        map.put("reason", image.reason());
        map.put("duration", image.duration());
        if (!image.toolkit().isEmpty()) {
            map.put("toolkit", image.toolkit());
        }
        return map;
    }
}
