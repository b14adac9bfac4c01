package io.jenkins.plugins.dtk.demo;

import io.jenkins.plugins.dtk.kernel.Architecture;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a kernel matrix of a world has to say, taken from the facts and not from the images. */
public final class Truth {

    /**
     * One kernel of one stream.
     *
     * @param stream {@code rhel-8}, {@code rhel-9} or {@code rhel-10}
     * @param rhel the RHEL version, such as {@code 9.6}
     * @param kernel the kernel NVR without architecture
     * @param architectures those on which a release ships it
     * @param releases the versions of the releases that ship it, in their order
     * @param rhcosBuilds the RHCOS builds that contain it, as far as they are recorded
     * @param kernelRt the kernel-rt NVR without architecture; empty when x86_64 is not asked for or it is not known
     * @param kernel64k the NVR of the kernel with 64 KiB pages without architecture; empty when aarch64 is not asked for
     *     or no release from 4.15 on ships it
     */
    public record Row(
            String stream,
            String rhel,
            String kernel,
            SortedSet<Architecture> architectures,
            List<String> releases,
            SortedSet<String> rhcosBuilds,
            String kernelRt,
            String kernel64k) {}

    private final List<Row> rows;

    private Truth(List<Row> rows) {
        this.rows = rows;
    }

    static Truth of(List<Release> releases, Collection<Architecture> wanted) {
        Map<String, Collected> byKernel = new LinkedHashMap<>();
        for (Release release : releases) {
            SortedSet<Architecture> architectures = new TreeSet<>(release.architectures());
            architectures.retainAll(wanted);
            if (!architectures.isEmpty()) {
                for (NodeOs os : release.nodeOses()) {
                    byKernel.computeIfAbsent(os.stream() + " " + os.kernel(), key -> new Collected(os))
                            .add(release, os, architectures);
                }
            }
        }
        return new Truth(byKernel.values().stream().map(Collected::row).toList());
    }

    private static final class Collected {
        private final NodeOs first;
        private final SortedSet<Architecture> architectures = new TreeSet<>();
        private final List<String> releases = new ArrayList<>();
        private final SortedSet<String> builds = new TreeSet<>();
        private String rt = "";
        private String pages64k = "";

        Collected(NodeOs first) {
            this.first = first;
        }

        void add(Release release, NodeOs os, SortedSet<Architecture> shipped) {
            architectures.addAll(shipped);
            releases.add(release.version());
            if (!os.build().isEmpty()) {
                builds.add(os.build());
            }
            if (shipped.contains(Architecture.X86_64) && !os.kernelRt().isEmpty()) {
                rt = os.kernelRt();
            }
            if (shipped.contains(Architecture.AARCH64) && release.ocp().from(15)) {
                pages64k = os.kernel();
            }
        }

        Row row() {
            return new Row(
                    first.stream(),
                    first.rhel(),
                    first.kernel(),
                    architectures,
                    List.copyOf(releases),
                    builds,
                    rt,
                    pages64k);
        }
    }

    /** One row per kernel and stream, in the order in which releases bring them. */
    public List<Row> rows() {
        return rows;
    }

    /** The row of a kernel, NVR without architecture. */
    public Optional<Row> kernel(String nvr) {
        return rows.stream().filter(row -> row.kernel().equals(nvr)).findFirst();
    }
}
