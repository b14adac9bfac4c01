package io.jenkins.plugins.dtk.matrix;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.dtk.kernel.Architecture;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What two catalogs differ in, as JSON. */
final class CatalogDiffJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private CatalogDiffJson() {}

    static String write(CatalogDiff diff) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(
                "newKernels",
                diff.newKernels().stream().map(CatalogDiffJson::kernel).toList());
        map.put(
                "goneKernels",
                diff.goneKernels().stream().map(CatalogDiffJson::kernel).toList());
        map.put("added", diff.added().stream().map(CatalogJson::toMap).toList());
        map.put("gone", diff.gone().stream().map(CatalogJson::toMap).toList());
        map.put(
                "changed",
                diff.changed().stream()
                        .map(change -> Map.of(
                                "before", CatalogJson.toMap(change.before()),
                                "after", CatalogJson.toMap(change.after())))
                        .toList());
        map.put("unreadable", diff.unreadable());
        try {
            return MAPPER.writeValueAsString(map);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // maps, lists and texts are always JSON
        }
    }

    private static Map<String, Object> kernel(MatrixKernel kernel) {
        List<String> architectures =
                kernel.architectures().stream().map(Architecture::rpmName).toList();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("kernel", kernel.kernel().nvr());
        map.put("stream", kernel.stream().name());
        map.put("rhel", kernel.rhel().toString());
        map.put("archs", architectures);
        map.put("releases", kernel.releases());
        return map;
    }
}
