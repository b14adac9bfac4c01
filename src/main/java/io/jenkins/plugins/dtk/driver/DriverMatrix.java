package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.matrix.BaseImage;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.matrix.MatrixKernel;
import io.jenkins.plugins.dtk.matrix.MatrixKernel.LibraryState;
import io.jenkins.plugins.dtk.release.ReleaseVersion;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The images of a driver that there shall be, and how each stands.
 *
 * @param version of the driver; empty for none
 * @param targets one for each kernel, architecture and flavour, oldest kernel first
 * @param unreadable releases that could not be read and were skipped on request, each with its reason
 */
public record DriverMatrix(String version, List<MatrixTarget> targets, List<String> unreadable) {

    /** Makes both lists unmodifiable. */
    public DriverMatrix {
        targets = List.copyOf(targets);
        unreadable = List.copyOf(unreadable);
    }

    /** Whether these maps are the matrix of a driver, and not that of toolkits. */
    public static boolean isMap(Map<?, ?> map) {
        return DriverMatrixJson.is(map);
    }

    /**
     * Reads the maps that {@link #toMap} makes, as a pipeline may have filtered them.
     *
     * @throws IllegalArgumentException when they are none; one line that names the kernel and the key
     */
    public static DriverMatrix fromMap(Map<?, ?> map) {
        return DriverMatrixJson.fromMap(map);
    }

    /** Reads JSON; null where it is not the matrix of a driver. */
    public static DriverMatrix find(String json) {
        return DriverMatrixJson.find(json);
    }

    /** As maps, lists and texts, all of them serialisable. */
    public Map<String, Object> toMap() {
        return DriverMatrixJson.toMap(this);
    }

    /** As JSON on one line. */
    public String toJson() {
        return DriverMatrixJson.write(this);
    }

    /** How many images stand so. */
    public long count(MatrixTarget.State state) {
        return targets.stream().filter(target -> target.state() == state).count();
    }

    /** How many images are there and should be built again. */
    public long stale() {
        return targets.stream().filter(target -> !target.stale().isEmpty()).count();
    }

    /** The targets of each kernel and flavour, on the architectures that have it. */
    public Map<KernelVersion, List<MatrixTarget>> byKernel() {
        Map<KernelVersion, List<MatrixTarget>> groups = new LinkedHashMap<>();
        targets.forEach(target -> groups.computeIfAbsent(target.target().flavoured(), none -> new ArrayList<>())
                .add(target));
        return groups;
    }

    /** The same as a matrix of kernels, in which each flavour is a kernel of its own. */
    public KernelMatrix kernels() {
        return new KernelMatrix(
                byKernel().entrySet().stream()
                        .map(group -> kernel(group.getKey(), group.getValue()))
                        .toList(),
                unreadable);
    }

    private static MatrixKernel kernel(KernelVersion kernel, List<MatrixTarget> group) {
        Set<Architecture> all = EnumSet.noneOf(Architecture.class);
        Set<Architecture> missing = EnumSet.noneOf(Architecture.class);
        Set<Architecture> untagged = EnumSet.noneOf(Architecture.class);
        Set<ReleaseVersion> releases = new TreeSet<>();
        for (MatrixTarget target : group) {
            Architecture architecture = target.target().architecture();
            all.add(architecture);
            if (!target.isThere()) {
                missing.add(architecture);
            }
            if (target.state() == MatrixTarget.State.UNTAGGED) {
                untagged.add(architecture);
            }
            target.releases().stream().map(ReleaseVersion::parse).forEach(releases::add);
        }
        return new MatrixKernel(
                group.get(0).rhel(),
                kernel,
                all,
                Optional.empty(),
                Optional.empty(),
                group.get(0).stream(),
                BaseImage.NONE,
                releases.stream().map(ReleaseVersion::toString).toList(),
                List.of(),
                Optional.of(new LibraryState(missing, untagged)));
    }
}
