package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.kernel.KernelFlavour;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.matrix.Catalog;
import io.jenkins.plugins.dtk.release.NodeOs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The targets that releases make: each kernel, architecture and flavour once, with what ships it. */
final class DriverTargets {

    private DriverTargets() {}

    /** By target, oldest kernel first; the rows of each are those that ship it, oldest release first. */
    static SortedMap<DriverTarget, List<Catalog.Row>> of(Catalog catalog, Collection<KernelFlavour> flavours) {
        SortedMap<DriverTarget, List<Catalog.Row>> targets = new TreeMap<>();
        for (Catalog.Row row : catalog.rows()) {
            for (KernelFlavour flavour : flavours) {
                kernel(row.node(), flavour)
                        .map(kernel -> new DriverTarget(
                                row.node().kernel(), kernel, row.node().architecture(), flavour))
                        .ifPresent(target -> targets.computeIfAbsent(target, none -> new ArrayList<>())
                                .add(row));
            }
        }
        return targets;
    }

    private static Optional<KernelVersion> kernel(NodeOs node, KernelFlavour flavour) {
        return switch (flavour) {
            case STANDARD -> Optional.of(node.kernel());
            case RT -> node.kernelRt();
            case PAGES_64K -> node.kernel64k();
        };
    }
}
