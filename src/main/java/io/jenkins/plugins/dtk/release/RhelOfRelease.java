package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.kernel.RhelVersion;
import io.jenkins.plugins.dtk.release.ReleaseVersion.Minor;
import java.util.Optional;

/**
 * The RHEL release below each OpenShift line (openshift/os docs/faq.md). The last resort, for a kernel whose mark has
 * no minor in a node OS image whose build is unknown.
 */
final class RhelOfRelease {

    private RhelOfRelease() {}

    static Optional<RhelVersion> find(Minor line, int major) {
        if (line.major() == 4) {
            Optional<RhelVersion> known =
                    Optional.ofNullable(ofFour(line.minor())).map(RhelVersion::parse);
            if (known.isPresent() && known.get().major() == major) {
                return known;
            }
        }
        boolean dual = line.major() == 5 || line.minor() >= 21;
        return dual && major == 10 ? Optional.of(new RhelVersion(10, 2)) : Optional.empty();
    }

    private static String ofFour(int minor) {
        if (minor < 8) {
            return null;
        }
        return minor <= 10
                ? "8.4"
                : minor <= 12 ? "8.6" : minor <= 15 ? "9.2" : minor <= 18 ? "9.4" : minor <= 21 ? "9.6" : null;
    }
}
