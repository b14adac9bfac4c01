package io.jenkins.plugins.dtk.report;

import io.jenkins.plugins.dtk.driver.DriverResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What became of the images of a driver, for programs. */
final class DriverJson {

    private DriverJson() {}

    /**
     * Plain maps and lists, for JSON. Keys: {@code images}, each with {@code kernel} as {@code uname -r} prints it, {@code arch},
     * {@code flavour}, {@code releases}, {@code tags}, {@code outcome}, {@code known}, {@code why}, {@code toolkit},
     * {@code log} and {@code warnings}.
     */
    static Map<String, Object> toMap(List<DriverResult> results) {
        List<Object> images = new ArrayList<>();
        results.forEach(result -> images.add(toMap(result)));
        return Map.of("images", images);
    }

    private static Map<String, Object> toMap(DriverResult result) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("kernel", result.image().target().uname());
        map.put("arch", result.image().target().architecture().rpmName());
        map.put("flavour", result.image().target().flavour().word());
        map.put("releases", result.image().releases());
        map.put("tags", result.image().tags());
        map.put("outcome", result.outcome().words());
        map.put("known", result.known());
        map.put("why", result.why());
        map.put("toolkit", result.toolkit());
        map.put("log", result.log());
        map.put("warnings", result.warnings());
        return map;
    }
}
