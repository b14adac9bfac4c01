package io.jenkins.plugins.dtk.driver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.dtk.kernel.RhelVersion;
import io.jenkins.plugins.dtk.kernel.Stream;
import io.jenkins.plugins.dtk.matrix.MatrixFields;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.release.ReleaseVersion;
import io.jenkins.plugins.dtk.text.Quote;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A driver's matrix as plain maps and lists, which a pipeline can hold and filter, and as JSON. */
final class DriverMatrixJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String TARGETS = "targets";
    private static final String OTHERS = "otherToolkits";
    private static final String WHAT = "a matrix of a driver";

    private DriverMatrixJson() {}

    /** Whether these maps are the matrix of a driver, and not that of toolkits. */
    static boolean is(Map<?, ?> map) {
        return map.containsKey(TARGETS);
    }

    /** Reads JSON; null where it is not the matrix of a driver. */
    static DriverMatrix find(String json) {
        try {
            Map<?, ?> map = MAPPER.readValue(json, Map.class);
            return map != null && is(map) ? fromMap(map) : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** As JSON on one line. */
    static String write(DriverMatrix matrix) {
        try {
            return MAPPER.writeValueAsString(toMap(matrix));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // maps, lists and texts are always JSON
        }
    }

    /** As maps, lists and texts, all of them serialisable. */
    static Map<String, Object> toMap(DriverMatrix matrix) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("version", matrix.version());
        List<Object> targets = new ArrayList<>();
        matrix.targets().forEach(target -> targets.add(toMap(target)));
        map.put(TARGETS, targets);
        if (!matrix.unreadable().isEmpty()) {
            map.put("unreadable", new ArrayList<>(matrix.unreadable()));
        }
        return map;
    }

    private static Map<String, Object> toMap(MatrixTarget target) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("kernel", target.target().uname());
        map.put("arch", target.target().architecture().rpmName());
        map.put("flavour", target.target().flavour().word());
        map.put("rhel", target.rhel().toString());
        map.put("stream", target.stream().name());
        map.put("releases", new ArrayList<>(target.releases()));
        map.put("tags", new ArrayList<>(target.tags()));
        map.put("state", target.state().words());
        map.put("toolkit", target.toolkit());
        if (target.toolkits().size() > 1) {
            map.put(
                    OTHERS,
                    new ArrayList<>(
                            target.toolkits().subList(1, target.toolkits().size())));
        }
        map.put("why", target.why());
        map.put("indexes", new ArrayList<>(target.indexes()));
        map.put("stale", target.stale());
        return map;
    }

    /**
     * Reads the maps that {@link #toMap} writes, as a pipeline may have filtered them.
     *
     * @throws IllegalArgumentException when they are none; one line that names the kernel and the key
     */
    static DriverMatrix fromMap(Map<?, ?> map) {
        if (!(map.get(TARGETS) instanceof Collection<?> items)) {
            throw new IllegalArgumentException("not " + WHAT + ": '" + TARGETS + "' is no list");
        }
        List<MatrixTarget> targets = new ArrayList<>();
        for (Object item : items) {
            if (!(item instanceof Map<?, ?> entry)) {
                throw new IllegalArgumentException(
                        "not " + WHAT + ": '" + TARGETS + "' holds " + Quote.of(String.valueOf(item)) + ", not a map");
            }
            targets.add(target(new MatrixFields(WHAT, entry, " of entry " + (targets.size() + 1))));
        }
        MatrixFields all = new MatrixFields(WHAT, map, "");
        return new DriverMatrix(all.find("version", text -> text).orElse(""), targets, all.list("unreadable"));
    }

    private static MatrixTarget target(MatrixFields entry) {
        DriverTarget target = entry.value("kernel", DriverTarget::parse);
        MatrixFields fields = entry.named(" of kernel " + target);
        List<String> tags = fields.list("tags", DriverMatrixJson::tag);
        if (tags.isEmpty()) {
            throw new IllegalArgumentException("not " + WHAT + ": kernel " + target + " has no 'tags'");
        }
        return new MatrixTarget(
                target,
                fields.value("rhel", RhelVersion::parse),
                fields.value("stream", Stream::new),
                fields.list("releases", ReleaseVersion::parse).stream()
                        .map(ReleaseVersion::toString)
                        .toList(),
                tags,
                fields.value("state", MatrixTarget.State::ofWords),
                toolkits(fields),
                fields.find("why", text -> text).orElse(""),
                fields.list("indexes", DriverMatrixJson::tag),
                fields.find("stale", text -> text).orElse(""));
    }

    private static List<String> toolkits(MatrixFields fields) {
        List<String> toolkits = new ArrayList<>();
        fields.find("toolkit", DriverMatrixJson::byDigest).ifPresent(toolkits::add);
        toolkits.addAll(fields.list(OTHERS, DriverMatrixJson::byDigest));
        toolkits.removeIf(String::isEmpty);
        return toolkits;
    }

    private static String tag(String text) {
        if (!ImageReference.isTag(text)) {
            throw new IllegalArgumentException(Quote.of(text) + ", which is no tag");
        }
        return text;
    }

    private static String byDigest(String text) {
        if (!text.isEmpty() && ImageReference.parse(text).digest() == null) {
            throw new IllegalArgumentException(Quote.of(text) + ", which names no digest");
        }
        return text;
    }
}
