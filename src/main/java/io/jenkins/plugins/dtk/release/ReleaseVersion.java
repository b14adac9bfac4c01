package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.text.Quote;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of an OpenShift or OKD release, such as {@code 4.16.20}, {@code 4.22.0-rc.1} or
 * {@code 4.19.0-okd-scos.1}. Ordered by semantic versioning.
 *
 * @param major 4, 5
 * @param minor the minor; with the major it names the release's line
 * @param z the z-stream's number
 * @param preRelease what follows the dash, or empty for a general-availability release
 */
public record ReleaseVersion(int major, int minor, int z, String preRelease) implements Comparable<ReleaseVersion> {

    private static final Pattern FORM = Pattern.compile(
            "(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,5})(?:-((?=.{1,100}$)[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?");

    /** OKD marks its stable releases too, {@code okd-scos.1}; its candidates are {@code okd-scos.ec.1}. */
    private static final Pattern OKD_STABLE = Pattern.compile("(?:0\\.)?okd-(?!.*\\b(?:ec|fc|rc)\\b).*");

    private static final Comparator<ReleaseVersion> ORDER = Comparator.comparingInt(ReleaseVersion::major)
            .thenComparingInt(ReleaseVersion::minor)
            .thenComparingInt(ReleaseVersion::z)
            .thenComparing(ReleaseVersion::preRelease, ReleaseVersion::comparePreReleases);

    /**
     * Reads a version. Build metadata behind {@code +} is not used by OpenShift and not accepted, nor is a number with
     * a leading zero (semantic versioning 2.0, rule 2): 4.016 may be meant as 4.16 or as 4.0.16.
     *
     * @throws IllegalArgumentException when it is none; the message is one line
     */
    public static ReleaseVersion parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "not a release version: " + Quote.of(text) + " (expected a form like 4.16.20)");
        }
        return new ReleaseVersion(
                Integer.parseInt(form.group(1)),
                Integer.parseInt(form.group(2)),
                Integer.parseInt(form.group(3)),
                form.group(4) == null ? "" : form.group(4));
    }

    /** Whether a text reads as a version. A registry's tag list also holds signatures and other tags. */
    public static boolean isVersion(String text) {
        return FORM.matcher(text).matches();
    }

    /** The line this release belongs to, such as 4.16. */
    public Minor line() {
        return new Minor(major, minor);
    }

    /** Whether this is an ec, fc, rc or nightly, and neither generally available nor a stable release of OKD. */
    public boolean isPreRelease() {
        return !preRelease.isEmpty() && !OKD_STABLE.matcher(preRelease).matches();
    }

    @Override
    public int compareTo(ReleaseVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + z + (preRelease.isEmpty() ? "" : "-" + preRelease);
    }

    /** Semantic versioning 2.0, rule 11: no pre-release is the highest; numbers compare as numbers, below text. */
    private static int comparePreReleases(String left, String right) {
        if (left.isEmpty() || right.isEmpty()) {
            return Boolean.compare(left.isEmpty(), right.isEmpty());
        }
        String[] l = left.split("\\.");
        String[] r = right.split("\\.");
        for (int i = 0; i < Math.min(l.length, r.length); i++) {
            int order = compareIdentifiers(l[i], r[i]);
            if (order != 0) {
                return order;
            }
        }
        return l.length != r.length ? Integer.compare(l.length, r.length) : left.compareTo(right);
    }

    private static int compareIdentifiers(String left, String right) {
        boolean leftNumber = left.matches("\\d+");
        boolean rightNumber = right.matches("\\d+");
        if (leftNumber && rightNumber) {
            return new BigInteger(left).compareTo(new BigInteger(right));
        }
        return leftNumber == rightNumber ? left.compareTo(right) : leftNumber ? -1 : 1;
    }

    /**
     * A line of releases: 4.16.
     *
     * @param major 4, 5
     * @param minor the minor
     */
    public record Minor(int major, int minor) implements Comparable<Minor> {
        private static final Comparator<Minor> ORDER =
                Comparator.comparingInt(Minor::major).thenComparingInt(Minor::minor);

        @Override
        public int compareTo(Minor other) {
            return ORDER.compare(this, other);
        }

        @Override
        public String toString() {
            return major + "." + minor;
        }
    }
}
