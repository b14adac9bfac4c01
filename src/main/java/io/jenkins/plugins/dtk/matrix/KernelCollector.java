package io.jenkins.plugins.dtk.matrix;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.kernel.RhelVersion;
import io.jenkins.plugins.dtk.kernel.Stream;
import io.jenkins.plugins.dtk.release.NodeOs;
import io.jenkins.plugins.dtk.release.Release;
import io.jenkins.plugins.dtk.release.ReleaseVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Gathers what releases ship by kernel and stream: many releases share one kernel. */
final class KernelCollector {

    private record Key(Stream stream, KernelVersion kernel) {}

    private static final Comparator<Key> ORDER =
            Comparator.comparing(Key::stream).thenComparing(Key::kernel);

    private final Map<Key, Facts> kernels = new TreeMap<>(ORDER);
    private final MatrixProgress progress;

    KernelCollector(MatrixProgress progress) {
        this.progress = progress;
    }

    void add(Catalog.Row row) {
        NodeOs node = row.node();
        kernels.computeIfAbsent(new Key(node.stream(), node.kernel()), key -> new Facts(node))
                .add(row.release(), node);
    }

    List<MatrixKernel> kernels() {
        List<MatrixKernel> found = new ArrayList<>();
        kernels.forEach((key, facts) -> found.add(facts.kernel(key)));
        return found;
    }

    private final class Facts {
        private final Set<Architecture> architectures = EnumSet.noneOf(Architecture.class);
        private final Set<ReleaseVersion> releases = new TreeSet<>();
        private final Set<String> builds = new TreeSet<>();
        private RhelVersion rhel;
        private KernelVersion kernelRt;
        private KernelVersion kernel64k;

        Facts(NodeOs first) {
            rhel = first.rhel();
        }

        void add(Release release, NodeOs node) {
            architectures.add(node.architecture());
            releases.add(release.version());
            if (!node.build().isEmpty()) {
                builds.add(node.build());
            }
            if (rhel.minor() == null) {
                rhel = node.rhel();
            }
            node.kernelRt().ifPresent(rt -> addRealTime(release, node, rt));
            node.kernel64k().ifPresent(k -> kernel64k = newer(kernel64k, k));
        }

        private void addRealTime(Release release, NodeOs node, KernelVersion rt) {
            if (!rt.isRealTimeOf(node.kernel())) {
                progress.warn("release " + release + ": kernel-rt " + rt.nvr() + " is not of the same source as kernel "
                        + node.kernel().nvr());
            }
            kernelRt = newer(kernelRt, rt);
        }

        private KernelVersion newer(KernelVersion known, KernelVersion other) {
            return known == null || known.compareTo(other) < 0 ? other : known;
        }

        MatrixKernel kernel(Key key) {
            return new MatrixKernel(
                    rhel,
                    key.kernel(),
                    architectures,
                    Optional.ofNullable(kernelRt),
                    Optional.ofNullable(kernel64k),
                    key.stream(),
                    BaseImage.NONE,
                    releases.stream().map(ReleaseVersion::toString).toList(),
                    List.copyOf(builds),
                    Optional.empty());
        }
    }
}
