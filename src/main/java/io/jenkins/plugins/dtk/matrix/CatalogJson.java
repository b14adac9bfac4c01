package io.jenkins.plugins.dtk.matrix;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.kernel.RhelVersion;
import io.jenkins.plugins.dtk.kernel.Stream;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.release.NodeOs;
import io.jenkins.plugins.dtk.release.Release;
import io.jenkins.plugins.dtk.release.ReleaseVersion;
import io.jenkins.plugins.dtk.text.Quote;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The catalog as JSON: {@code {"rows": [...], "unreadable": [...]}}. The keys of a row are those of
 * {@link #toMap(Catalog.Row, boolean)}.
 */
final class CatalogJson {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private CatalogJson() {}

    /** The catalog as JSON, a line for each row. */
    static String write(Catalog catalog) {
        Map<Release, Stream> defaults = catalog.defaultStreams();
        List<String> rows = catalog.rows().stream()
                .map(row -> toMap(row, row.node().stream().equals(defaults.get(row.release()))))
                .map(CatalogJson::json)
                .toList();
        return "{\"rows\":[" + (rows.isEmpty() ? "" : "\n" + String.join(",\n", rows) + "\n") + "],\"unreadable\":"
                + json(catalog.unreadable()) + "}";
    }

    /**
     * One row: {@code release}, {@code arch}, {@code stream}, {@code default} (whether nodes run that stream by
     * default), {@code build}, {@code rhel}, {@code kernel}, {@code kernelRt} and {@code kernel64k} where there is one,
     * {@code payload}.
     */
    static Map<String, Object> toMap(Catalog.Row row, boolean isDefault) {
        Map<String, Object> map = toMap(row);
        map.put("default", isDefault);
        return map;
    }

    /** The same without saying whether the stream is the default one. */
    static Map<String, Object> toMap(Catalog.Row row) {
        NodeOs node = row.node();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("release", row.release().version().toString());
        map.put("arch", node.architecture().rpmName());
        map.put("stream", node.stream().name());
        map.put("build", node.build());
        map.put("rhel", node.rhel().toString());
        map.put("kernel", node.kernel().nvr());
        node.kernelRt().ifPresent(rt -> map.put("kernelRt", rt.nvr()));
        node.kernel64k().ifPresent(k -> map.put("kernel64k", k.nvr()));
        map.put("payload", row.release().payload().toString());
        return map;
    }

    /**
     * Reads what {@link #write(Catalog)} wrote.
     *
     * @throws IllegalArgumentException when it is something else; one line that names the row and the key
     */
    static Catalog parse(String json) {
        Map<?, ?> map;
        try {
            map = MAPPER.readValue(json, Map.class);
        } catch (JsonProcessingException e) {
            // Not in the words of the parser, which quotes: the file may be a pull secret that was taken for a catalog.
            throw new IllegalArgumentException(
                    "not a catalog: it is not a JSON object (line "
                            + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")",
                    e);
        }
        if (map == null || !(map.get("rows") instanceof Collection<?> entries)) {
            throw new IllegalArgumentException("not a catalog: it has no list 'rows'; use what 'dtk catalog' writes");
        }
        List<Catalog.Row> rows = new ArrayList<>();
        for (Object entry : entries) {
            if (!(entry instanceof Map<?, ?> row)) {
                throw new IllegalArgumentException(
                        "not a catalog: 'rows' holds " + Quote.of(String.valueOf(entry)) + ", not a map");
            }
            rows.add(row(new MatrixFields("a catalog", row, " of row " + (rows.size() + 1))));
        }
        Collections.sort(rows);
        return new Catalog(rows, new MatrixFields("a catalog", map, "").list("unreadable"));
    }

    private static Catalog.Row row(MatrixFields fields) {
        Architecture architecture = fields.value("arch", Architecture::parse);
        Release release = new Release(
                fields.value("release", ReleaseVersion::parse),
                architecture,
                fields.value("payload", ImageReference::parse));
        return new Catalog.Row(
                release,
                new NodeOs(
                        architecture,
                        fields.value("stream", Stream::new),
                        fields.value("build", text -> text),
                        fields.value("rhel", RhelVersion::parse),
                        fields.value("kernel", KernelVersion::parse).withoutArchitecture(),
                        fields.find("kernelRt", KernelVersion::parse).map(KernelVersion::withoutArchitecture),
                        fields.find("kernel64k", KernelVersion::parse).map(KernelVersion::withoutArchitecture)));
    }

    private static String json(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // maps, lists, texts and truth values are always JSON
        }
    }
}
