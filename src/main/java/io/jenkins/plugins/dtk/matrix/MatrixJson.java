package io.jenkins.plugins.dtk.matrix;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.kernel.RhelVersion;
import io.jenkins.plugins.dtk.kernel.Stream;
import io.jenkins.plugins.dtk.matrix.MatrixKernel.LibraryState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The matrix as plain maps and lists, which a pipeline can hold and filter, and as JSON. The first three keys,
 * {@code rhel}, {@code kernel} and {@code archs}, keep the form that the first users' workflow has; the others
 * were added behind them.
 */
public final class MatrixJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private MatrixJson() {}

    /** The matrix as JSON on one line. */
    public static String write(KernelMatrix matrix) {
        try {
            return MAPPER.writeValueAsString(toMap(matrix));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The matrix as JSON for the eye. */
    public static String writePretty(KernelMatrix matrix) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(toMap(matrix));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The matrix as maps, lists and strings, all of them serialisable. */
    public static Map<String, Object> toMap(KernelMatrix matrix) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(
                "versions",
                matrix.kernels().stream().map(MatrixJson::toMap).collect(Collectors.toCollection(ArrayList::new)));
        if (!matrix.unreadable().isEmpty()) {
            map.put("unreadable", new ArrayList<>(matrix.unreadable()));
        }
        return map;
    }

    private static Map<String, Object> toMap(MatrixKernel kernel) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("rhel", kernel.rhel().toString());
        map.put("kernel", kernel.kernel().nvr());
        map.put("archs", String.join(",", platforms(kernel.architectures())));
        kernel.kernelRt().ifPresent(rt -> map.put("kernelRt", rt.nvr()));
        kernel.kernel64k().ifPresent(k -> map.put("kernel64k", k.nvr()));
        map.put("stream", kernel.stream().name());
        map.put("baseImage", kernel.baseImage());
        if (!kernel.baseDigest().isEmpty()) {
            map.put("baseDigest", kernel.baseDigest());
        }
        map.put("releases", new ArrayList<>(kernel.releases()));
        if (!kernel.builds().isEmpty()) {
            map.put("builds", new ArrayList<>(kernel.builds()));
        }
        kernel.library().ifPresent(state -> {
            map.put("missing", platforms(state.missing()));
            if (!state.unjoined().isEmpty()) {
                map.put("unjoined", platforms(state.unjoined()));
            }
        });
        return map;
    }

    /**
     * Reads a matrix from JSON.
     *
     * @throws IllegalArgumentException when it is none; one line that names the kernel and the key
     */
    public static KernelMatrix read(String json) {
        try {
            return fromMap(MAPPER.readValue(json, Map.class));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "not a matrix: it is not a JSON object ("
                            + e.getOriginalMessage().replaceAll("\\s+", " ") + ")",
                    e);
        }
    }

    /**
     * Reads a matrix from the maps that {@link #toMap} writes, as a pipeline may have filtered them.
     *
     * @throws IllegalArgumentException when it is none; one line that names the kernel and the key
     */
    public static KernelMatrix fromMap(Map<?, ?> map) {
        if (!(map.get("versions") instanceof Collection<?> versions)) {
            throw new IllegalArgumentException("not a matrix: it has no list 'versions'; pass what dtkMatrix returns");
        }
        List<MatrixKernel> kernels = new ArrayList<>();
        for (Object version : versions) {
            if (!(version instanceof Map<?, ?> entry)) {
                throw new IllegalArgumentException("not a matrix: 'versions' holds '" + version + "', not a map");
            }
            kernels.add(kernel(new Fields(entry)));
        }
        return new KernelMatrix(kernels, new Fields(map).list("unreadable"));
    }

    private static MatrixKernel kernel(Fields fields) {
        KernelVersion kernel = fields.read("kernel", KernelVersion::parse);
        fields.of(kernel.nvr());
        Optional<LibraryState> library = fields.has("missing")
                ? Optional.of(new LibraryState(fields.architectures("missing"), fields.architectures("unjoined")))
                : Optional.empty();
        return new MatrixKernel(
                fields.read("rhel", RhelVersion::parse),
                kernel.withoutArchitecture(),
                fields.architectures("archs"),
                fields.has("kernelRt") ? Optional.of(fields.read("kernelRt", KernelVersion::parse)) : Optional.empty(),
                fields.has("kernel64k")
                        ? Optional.of(fields.read("kernel64k", KernelVersion::parse))
                        : Optional.empty(),
                fields.has("stream")
                        ? fields.read("stream", Stream::new)
                        : Stream.rhel(kernel.rhel().major()),
                fields.has("baseImage") ? fields.read("baseImage", text -> text) : "",
                fields.has("baseDigest") ? fields.read("baseDigest", text -> text) : "",
                fields.list("releases"),
                fields.list("builds"),
                library);
    }

    private static List<String> platforms(Set<Architecture> architectures) {
        return architectures.stream().map(Architecture::platform).collect(Collectors.toCollection(ArrayList::new));
    }

    /** One map of the matrix, read key by key, with messages that say where it is wrong. */
    private static final class Fields {
        private final Map<?, ?> map;
        private String kernel = "";

        Fields(Map<?, ?> map) {
            this.map = map;
        }

        void of(String name) {
            kernel = " of kernel " + name;
        }

        boolean has(String key) {
            return map.get(key) != null;
        }

        <T> T read(String key, java.util.function.Function<String, T> parser) {
            Object value = map.get(key);
            if (!(value instanceof CharSequence)) {
                throw new IllegalArgumentException(
                        "not a matrix: '" + key + "'" + kernel + (value == null ? " is absent" : " is not text"));
            }
            try {
                return parser.apply(value.toString());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("not a matrix: '" + key + "'" + kernel + " is " + e.getMessage(), e);
            }
        }

        List<String> list(String key) {
            Object value = map.get(key);
            if (value == null) {
                return List.of();
            }
            if (value instanceof Collection<?> items) {
                return items.stream().map(String::valueOf).toList();
            }
            if (value instanceof CharSequence text) {
                return Arrays.stream(text.toString().split(","))
                        .map(String::strip)
                        .filter(item -> !item.isEmpty())
                        .toList();
            }
            throw new IllegalArgumentException("not a matrix: '" + key + "'" + kernel + " is not a list");
        }

        Set<Architecture> architectures(String key) {
            try {
                return list(key).stream().map(Architecture::parse).collect(Collectors.toSet());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("not a matrix: '" + key + "'" + kernel + " is " + e.getMessage(), e);
            }
        }
    }
}
