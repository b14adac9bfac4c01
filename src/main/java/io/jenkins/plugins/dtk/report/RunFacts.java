package io.jenkins.plugins.dtk.report;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.matrix.MatrixKernel;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What is known of each kernel and image during and after a run: the matrix, and over it what the run has come to. */
public final class RunFacts {

    /** How one image stands. */
    public enum Status {
        THERE("there before"),
        BUILT("built"),
        FAILED("failed"),
        STOPPED("ended early"),
        SKIPPED("skipped"),
        OPEN("not built");

        private final String words;

        Status(String words) {
            this.words = words;
        }

        /** In words. */
        public String words() {
            return words;
        }
    }

    /** How the index of a kernel stands. */
    public enum Index {
        THERE("there before", Status.THERE),
        PUBLISHED("published", Status.BUILT),
        FAILED("failed", Status.FAILED),
        NONE("none", Status.SKIPPED),
        HELD("held back", Status.OPEN),
        KEPT("kept: its tag cannot be written twice", Status.SKIPPED),
        OPEN("not published", Status.OPEN);

        private final String words;
        private final Status shown;

        Index(String words, Status shown) {
            this.words = words;
            this.shown = shown;
        }

        static Index of(String name) {
            return Arrays.stream(values())
                    .filter(index -> index.id().equals(name))
                    .findFirst()
                    .orElse(OPEN);
        }

        /** As in what the step returns. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** In words. */
        public String words() {
            return words;
        }

        /** The status of an image that looks the same. */
        public Status shown() {
            return shown;
        }
    }

    /**
     * One image.
     *
     * @param digest empty where the run did not come across it
     * @param reason why it failed; else empty
     * @param duration milliseconds of work; 0 where there was none
     * @param node where its log is; empty where there is none
     */
    public record Image(Status status, String digest, String reason, long duration, String node) {}

    /**
     * One kernel.
     *
     * @param digest of the index; empty where the run did not come across it
     * @param reason why the index could not be published, or is published without every list of packages; else empty
     * @param images by architecture
     */
    public record Kernel(
            MatrixKernel kernel, Index index, String digest, String reason, Map<Architecture, Image> images) {}

    private final List<Kernel> kernels;
    private final Set<Architecture> architectures = EnumSet.noneOf(Architecture.class);

    /**
     * @param built what {@code dtkBuild} returned; kernels that it does not name stand as in the matrix
     */
    public RunFacts(KernelMatrix matrix, Map<?, ?> built) {
        Map<String, Map<?, ?>> entries = new HashMap<>();
        if (built.get("kernels") instanceof Collection<?> list) {
            for (Object item : list) {
                if (item instanceof Map<?, ?> entry) {
                    entries.put(text(entry, "kernel"), entry);
                }
            }
        }
        kernels = matrix.kernels().stream()
                .map(kernel ->
                        kernel(kernel, entries.getOrDefault(kernel.kernel().toString(), Map.of())))
                .toList();
        kernels.forEach(kernel -> architectures.addAll(kernel.images().keySet()));
    }

    private static Kernel kernel(MatrixKernel kernel, Map<?, ?> entry) {
        Map<?, ?> archs = entry.get("archs") instanceof Map<?, ?> map ? map : Map.of();
        Map<Architecture, Image> images = new EnumMap<>(Architecture.class);
        for (Architecture architecture : kernel.architectures()) {
            images.put(
                    architecture,
                    archs.get(architecture.platform()) instanceof Map<?, ?> image
                            ? image(image)
                            : new Image(
                                    kernel.missing().contains(architecture) ? Status.OPEN : Status.THERE,
                                    "",
                                    "",
                                    0,
                                    ""));
        }
        boolean complete = kernel.missing().isEmpty() && kernel.unjoined().isEmpty();
        Index index = entry.containsKey("index") ? Index.of(text(entry, "index")) : complete ? Index.THERE : Index.OPEN;
        return new Kernel(kernel, index, text(entry, "digest"), reason(entry), images);
    }

    private static String reason(Map<?, ?> entry) {
        String notAttached = text(entry, "notAttached");
        return notAttached.isEmpty() ? text(entry, "reason") : "not every list of packages is attached: " + notAttached;
    }

    private static Image image(Map<?, ?> image) {
        Status status =
                switch (text(image, "status")) {
                    case "there" -> Status.THERE;
                    case "built" -> Status.BUILT;
                    case "failed" -> Status.FAILED;
                    case "stopped" -> Status.STOPPED;
                    case "skipped" -> Status.SKIPPED;
                    default -> Status.OPEN;
                };
        long duration = image.get("duration") instanceof Number number ? number.longValue() : 0;
        return new Image(status, text(image, "digest"), text(image, "reason"), duration, text(image, "node"));
    }

    private static String text(Map<?, ?> map, String key) {
        return map.get(key) instanceof CharSequence text ? text.toString() : "";
    }

    /** The kernels, in the matrix' order. */
    public List<Kernel> kernels() {
        return kernels;
    }

    /** The architectures of all kernels, in their fixed order. */
    public Set<Architecture> architectures() {
        return architectures;
    }

    /** How many images there are, built or not. */
    public long images() {
        return kernels.stream().mapToLong(kernel -> kernel.images().size()).sum();
    }

    /** How many images stand so. */
    public long images(Status status) {
        return kernels.stream()
                .flatMap(kernel -> kernel.images().values().stream())
                .filter(image -> image.status() == status)
                .count();
    }

    /** The kernels whose index could not be published. */
    public long failedIndexes() {
        return kernels.stream().filter(kernel -> kernel.index() == Index.FAILED).count();
    }
}
