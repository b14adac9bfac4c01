package io.jenkins.plugins.dtk.matrix;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelFlavour;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.kernel.RhelVersion;
import io.jenkins.plugins.dtk.kernel.Stream;
import io.jenkins.plugins.dtk.matrix.MatrixKernel.LibraryState;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.release.ReleaseVersion;
import io.jenkins.plugins.dtk.text.Quote;
import java.util.ArrayList;
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

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Lends its check of digests. */
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
        if (!kernel.kernel().toString().equals(kernel.kernel().nvr())) {
            map.put("flavour", kernel.kernel().flavour().word());
        }
        kernel.kernelRt().ifPresent(rt -> map.put("kernelRt", rt.nvr()));
        kernel.kernel64k().ifPresent(k -> map.put("kernel64k", k.nvr()));
        map.put("stream", kernel.stream().name());
        map.put("baseImage", kernel.base().name());
        kernel.base().digest().ifPresent(digest -> map.put("baseDigest", digest.toString()));
        if (!kernel.base().digests().isEmpty()) {
            Map<String, Object> digests = new LinkedHashMap<>();
            kernel.base()
                    .digests()
                    .forEach((architecture, digest) -> digests.put(architecture.platform(), digest.toString()));
            map.put("baseDigests", digests);
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
            if (!state.stale().isEmpty()) {
                map.put("stale", platforms(state.stale()));
            }
        });
        return map;
    }

    /**
     * Reads a matrix from JSON.
     *
     * @throws IllegalArgumentException when it is none; one line that names the kernel and the key
     */
    public static KernelMatrix parse(String json) {
        Map<?, ?> map;
        try {
            map = MAPPER.readValue(json, Map.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a matrix: it is not a JSON object; pass what dtkMatrix returns", e);
        }
        if (map == null) {
            throw new IllegalArgumentException("not a matrix: it is not a JSON object (null)");
        }
        return fromMap(map);
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
                throw new IllegalArgumentException(
                        "not a matrix: 'versions' holds " + Quote.of(String.valueOf(version)) + ", not a map");
            }
            kernels.add(kernel(new MatrixFields("a matrix", entry, " of entry " + (kernels.size() + 1))));
        }
        return new KernelMatrix(kernels, new MatrixFields("a matrix", map, "").list("unreadable"));
    }

    private static MatrixKernel kernel(MatrixFields entry) {
        KernelVersion plain = entry.value("kernel", KernelVersion::parse).withoutArchitecture();
        MatrixFields fields = entry.named(" of kernel " + plain.nvr());
        KernelVersion kernel = fields.find("flavour", KernelFlavour::parse)
                .map(flavour -> KernelVersion.parse(plain.nvr() + flavour.suffix()))
                .orElse(plain);
        Set<Architecture> architectures = fields.architectures("archs");
        return new MatrixKernel(
                fields.value("rhel", RhelVersion::parse),
                kernel,
                architectures,
                fields.find("kernelRt", KernelVersion::parse).map(KernelVersion::withoutArchitecture),
                fields.find("kernel64k", KernelVersion::parse).map(KernelVersion::withoutArchitecture),
                fields.find("stream", Stream::new)
                        .orElseGet(() -> Stream.rhel(kernel.rhel().major())),
                new BaseImage(
                        fields.find("baseImage", MatrixJson::image).orElse(""),
                        fields.find("baseDigest", MatrixJson::digest).flatMap(found -> found),
                        fields.map("baseDigests", Architecture::parse, Digest::parse)),
                fields.list("releases", ReleaseVersion::parse).stream()
                        .map(ReleaseVersion::toString)
                        .toList(),
                fields.list("builds"),
                fields.has("missing") ? Optional.of(library(fields, architectures)) : Optional.empty());
    }

    private static LibraryState library(MatrixFields fields, Set<Architecture> architectures) {
        return new LibraryState(
                fields.someOf(architectures, "missing"),
                fields.someOf(architectures, "unjoined"),
                fields.someOf(architectures, "stale"));
    }

    private static String image(String text) {
        return text.isEmpty() ? "" : ImageReference.parse(text).toString();
    }

    private static Optional<Digest> digest(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(Digest.parse(text));
    }

    private static List<String> platforms(Set<Architecture> architectures) {
        return architectures.stream().map(Architecture::platform).collect(Collectors.toCollection(ArrayList::new));
    }
}
