package io.jenkins.plugins.dtk.library;

import java.util.Collection;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an image's packages were built for, by its /etc/os-release.
 *
 * @param id {@code rhel}, {@code centos}
 * @param version {@code 8.4}
 */
record Distribution(String id, String version) {

    private static final Pattern LINE = Pattern.compile("#distro=([a-z0-9._]{1,40})-([A-Za-z0-9._]{1,40})");

    /** Where the namespace of package URLs is not the distribution's own name (anchore/syft, syft/pkg/cataloger/redhat). */
    private static final Map<String, String> VENDORS = Map.of("rhel", "redhat");

    /** What a list of packages says of it; null where it says nothing, as those of earlier images. */
    static Distribution of(Collection<String> lines) {
        for (String line : lines) {
            Matcher found = LINE.matcher(line.strip());
            if (found.matches()) {
                return new Distribution(found.group(1), found.group(2));
            }
        }
        return null;
    }

    /** The namespace of its packages. */
    String vendor() {
        return VENDORS.getOrDefault(id, id);
    }

    @Override
    public String toString() {
        return id + "-" + version;
    }
}
