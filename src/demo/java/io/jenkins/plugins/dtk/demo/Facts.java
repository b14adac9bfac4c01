package io.jenkins.plugins.dtk.demo;

import io.jenkins.plugins.dtk.kernel.Architecture;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code releases.csv}, which says what each column means and where it is from. */
final class Facts {

    private static final int COLUMNS = 9;

    private Facts() {}

    /** All recorded releases in the order of their versions, each for those of these architectures that it has. */
    static List<Release> releases(List<Architecture> architectures) {
        return Resources.lines("releases.csv").stream()
                .skip(1)
                .map(line -> release(line.split(",", -1), architectures))
                .sorted(Release.ORDER)
                .toList();
    }

    private static Release release(String[] row, List<Architecture> architectures) {
        if (row.length != COLUMNS) {
            throw new IllegalStateException(
                    "releases.csv: " + COLUMNS + " columns expected in " + String.join(",", row));
        }
        List<NodeOs> nodeOses = new ArrayList<>();
        nodeOses.add(NodeOs.of(row[2], row[3], row[4]));
        if (!row[5].isEmpty()) {
            nodeOses.add(NodeOs.of(row[5], row[6], ""));
        }
        List<String> channels = row[1].isEmpty() ? List.of() : List.of(row[1].split(" "));
        String driverToolkit = row[7].isEmpty() ? row[3] : row[7];
        OcpVersion version = OcpVersion.parse(row[0]);
        return new Release(
                row[0],
                channels,
                List.copyOf(nodeOses),
                driverToolkit,
                architectures.stream()
                        .filter(architecture -> version.from(9) || architecture != Architecture.AARCH64)
                        .toList(),
                version.from(12));
    }
}
