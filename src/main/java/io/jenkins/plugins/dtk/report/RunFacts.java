package io.jenkins.plugins.dtk.report;

import static io.jenkins.plugins.dtk.report.ImageStatus.BUILDING;
import static io.jenkins.plugins.dtk.report.ImageStatus.BUILT;
import static io.jenkins.plugins.dtk.report.ImageStatus.OPEN;
import static io.jenkins.plugins.dtk.report.ImageStatus.PUSHED;
import static io.jenkins.plugins.dtk.report.ImageStatus.THERE;
import static io.jenkins.plugins.dtk.report.ImageStatus.UNKNOWN;
import static io.jenkins.plugins.dtk.report.ImageStatus.WAITING;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.matrix.MatrixKernel;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What is known of each kernel and image during and after a run: the matrix, and over it what the run has come to. */
public final class RunFacts {

    /** How the index of a kernel stands. */
    public enum Index {
        THERE("there before", ImageStatus.THERE),
        PUBLISHED("published", ImageStatus.BUILT),
        FAILED("failed", ImageStatus.FAILED),
        NONE("none", ImageStatus.SKIPPED),
        HELD("held back", ImageStatus.OPEN),
        KEPT("kept: its tag cannot be written twice", ImageStatus.SKIPPED),
        OPEN("not published", ImageStatus.STOPPED),
        /** Not published yet. */
        WAITING("waiting", ImageStatus.WAITING);

        private final String words;
        private final ImageStatus shown;

        Index(String words, ImageStatus shown) {
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
        public ImageStatus shown() {
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
     * @param outcome of a driver's image that is not there, more exactly than its status; else empty
     * @param knownLog where the log is of the earlier build that found out what is known of it; else empty
     * @param toolkit that a driver's image is built with, by digest; empty for none
     */
    public record Image(
            ImageStatus status,
            String digest,
            String reason,
            long duration,
            String node,
            String outcome,
            String knownLog,
            String toolkit) {

        /** How it stands, in words. */
        public String words() {
            return outcome.isEmpty() ? status.words() : outcome;
        }

        private Image as(ImageStatus other, String why) {
            return new Image(other, digest, why, duration, node, outcome, knownLog, toolkit);
        }
    }

    /**
     * One kernel.
     *
     * @param digest of the index; empty where the run did not come across it
     * @param reason why the index could not be published, or is published without every list of packages; else empty
     * @param images by architecture
     */
    public record Kernel(
            MatrixKernel kernel, Index index, String digest, String reason, Map<Architecture, Image> images) {

        /** Whether the run works or has worked on it. */
        boolean isWorkedOn() {
            return index != Index.THERE
                    || images.values().stream().anyMatch(image -> image.status() != ImageStatus.THERE);
        }
    }

    /** Where the registry was not asked for what the branches built, though it should have been. */
    private static final Set<Index> UNREAD = EnumSet.of(Index.FAILED, Index.OPEN);

    private final List<Kernel> kernels;
    private final Set<Architecture> architectures = EnumSet.noneOf(Architecture.class);

    /**
     * A run that is over.
     *
     * @param built what {@code dtkBuild} returned; kernels that it does not name stand as in the matrix
     */
    public RunFacts(KernelMatrix matrix, Map<?, ?> built) {
        this(matrix, built, false);
    }

    /**
     * A run.
     *
     * @param built what {@code dtkBuild} returned, or will as it stands now
     * @param running whether it goes on
     */
    public RunFacts(KernelMatrix matrix, Map<?, ?> built, boolean running) {
        Map<String, Map<?, ?>> entries = ReturnedRun.kernels(built);
        kernels = matrix.kernels().stream()
                .map(kernel ->
                        kernel(kernel, entries.getOrDefault(kernel.kernel().toString(), Map.of()), running))
                .toList();
        kernels.forEach(kernel -> architectures.addAll(kernel.images().keySet()));
    }

    private static Kernel kernel(MatrixKernel kernel, Map<?, ?> entry, boolean running) {
        boolean complete = kernel.missing().isEmpty() && kernel.unjoined().isEmpty();
        Index index = entry.containsKey("index")
                ? Index.of(ReturnedRun.text(entry, "index"))
                : complete ? Index.THERE : Index.OPEN;
        Map<?, ?> archs = entry.get("archs") instanceof Map<?, ?> map ? map : Map.of();
        Map<Architecture, Image> images = new EnumMap<>(Architecture.class);
        for (Architecture architecture : kernel.architectures()) {
            Image image = archs.get(architecture.platform()) instanceof Map<?, ?> map
                    ? ReturnedRun.image(map)
                    : new Image(kernel.missing().contains(architecture) ? OPEN : THERE, "", "", 0, "", "", "", "");
            images.put(architecture, running ? now(image) : UNREAD.contains(index) ? inTheEnd(image) : image);
        }
        return new Kernel(
                kernel,
                running && index == Index.OPEN ? Index.WAITING : index,
                ReturnedRun.text(entry, "digest"),
                ReturnedRun.reason(entry),
                images);
    }

    private static Image now(Image image) {
        return switch (image.status()) {
            case OPEN -> image.as(image.node().isEmpty() ? WAITING : BUILDING, "");
            case BUILT -> image.digest().isEmpty() ? image.as(PUSHED, "") : image;
            default -> image;
        };
    }

    /** That a branch ended well is no proof that its image is there. */
    private static Image inTheEnd(Image image) {
        return image.status() == BUILT && image.digest().isEmpty()
                ? image.as(UNKNOWN, "its branch ended well, and the registry was not read afterwards")
                : image;
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

    /** How many images stand in which way. */
    public RunTotals totals() {
        Map<ImageStatus, Integer> counts = new EnumMap<>(ImageStatus.class);
        kernels.forEach(
                kernel -> kernel.images().values().forEach(image -> counts.merge(image.status(), 1, Integer::sum)));
        return new RunTotals(counts, failedIndexes());
    }

    /** The work on all images together, in milliseconds; a branch that built several counts once. */
    public long work() {
        return kernels.stream()
                .mapToLong(kernel -> kernel.images().values().stream()
                        .collect(Collectors.toMap(
                                image -> image.node().isEmpty() ? image : image.node(), Image::duration, Math::max))
                        .values()
                        .stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .sum();
    }

    private int failedIndexes() {
        return (int) kernels.stream()
                .filter(kernel -> kernel.index() == Index.FAILED)
                .count();
    }
}
