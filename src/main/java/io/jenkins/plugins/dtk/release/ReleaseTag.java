package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.kernel.Architecture;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A tag of a release: the version and the architecture by its RPM name, or {@code multi} for an index of all
 * (openshift-eng/art-tools pyartcd/pyartcd/pipelines/promote.py). OKD's tags are the version alone.
 *
 * @param version the release's version
 * @param suffix an architecture, {@code multi}, or empty
 */
record ReleaseTag(ReleaseVersion version, String suffix) {

    static final String MULTI = "multi";

    private static final Pattern FORM =
            Pattern.compile("(?<version>[^-]+(?:-.+?)??)(?:-(?<suffix>x86_64|aarch64|ppc64le|s390x|multi))?");

    /** Nothing else is a release: the repository also holds signatures, and oddities such as 4.11.0-multi-rc.6. */
    private static final Pattern PRE_RELEASE = Pattern.compile("(?:(?:ec|fc|rc)\\.\\d+|okd-.+|0\\..+)?");

    /** The release that a tag names, if it names one. */
    static Optional<ReleaseTag> parse(String tag) {
        Matcher form = FORM.matcher(tag);
        if (!form.matches() || !ReleaseVersion.isVersion(form.group("version"))) {
            return Optional.empty();
        }
        ReleaseVersion version = ReleaseVersion.parse(form.group("version"));
        return PRE_RELEASE.matcher(version.preRelease()).matches()
                ? Optional.of(new ReleaseTag(version, form.group("suffix") == null ? "" : form.group("suffix")))
                : Optional.empty();
    }

    /** The tag of a release for one architecture alone. */
    static ReleaseTag of(ReleaseVersion version, Architecture architecture) {
        return new ReleaseTag(version, architecture.rpmName());
    }

    /** The tags of a release that may serve several architectures, the better one first. */
    static List<ReleaseTag> shared(ReleaseVersion version) {
        return Stream.of(MULTI, "")
                .map(suffix -> new ReleaseTag(version, suffix))
                .toList();
    }

    @Override
    public String toString() {
        return version + (suffix.isEmpty() ? "" : "-" + suffix);
    }
}
