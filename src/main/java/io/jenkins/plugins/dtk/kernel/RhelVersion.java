package io.jenkins.plugins.dtk.kernel;

import io.jenkins.plugins.dtk.text.Quote;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A RHEL release such as 8.4 or 10.2, or a CentOS Stream major such as 9.
 *
 * @param major 8, 9, 10
 * @param minor the minor, or null where none exists (CentOS Stream) or none is known
 */
public record RhelVersion(int major, Integer minor) implements Comparable<RhelVersion> {

    private static final Pattern FORM = Pattern.compile("(\\d{1,3})(?:\\.(\\d{1,3}))?");

    /** Up to OpenShift 4.18: OpenShift minor, RHEL release, stamp, as in {@code 418.94.202410090804-0}. */
    private static final Pattern OLD_NODE_OS = Pattern.compile("4\\d{1,2}\\.(\\d)(\\d{0,2})\\.\\d{12}-\\d+");

    /** From OpenShift 4.19 on: RHEL release, date, as in {@code 9.6.20250121-0}. */
    private static final Pattern NEW_NODE_OS = Pattern.compile("(\\d{1,2})\\.(\\d{1,2})\\.\\d{8}-\\d+");

    private static final Comparator<RhelVersion> ORDER =
            Comparator.comparingInt(RhelVersion::major).thenComparingInt(v -> v.minor == null ? -1 : v.minor);

    /**
     * Reads {@code 8.4} or {@code 9}.
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static RhelVersion parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("not a RHEL version: " + Quote.of(text) + " (expected a form like 9.4)");
        }
        return of(form.group(1), form.group(2));
    }

    /**
     * The RHEL release that a RHEL CoreOS build stands on, read from the build's version
     * (openshift/release-controller pkg/rhcos/rhcos.go). Empty for any other text.
     */
    public static Optional<RhelVersion> ofNodeOsBuild(String build) {
        Matcher old = OLD_NODE_OS.matcher(build);
        if (old.matches()) {
            return Optional.of(of(old.group(1), old.group(2)));
        }
        Matcher recent = NEW_NODE_OS.matcher(build);
        return recent.matches() ? Optional.of(of(recent.group(1), recent.group(2))) : Optional.empty();
    }

    private static RhelVersion of(String major, String minor) {
        boolean none = minor == null || minor.isEmpty();
        return new RhelVersion(Integer.parseInt(major), none ? null : Integer.valueOf(minor));
    }

    @Override
    public int compareTo(RhelVersion other) {
        return ORDER.compare(this, other);
    }

    /** {@code 8.4}, or {@code 9} when there is no minor. */
    @Override
    public String toString() {
        return minor == null ? Integer.toString(major) : major + "." + minor;
    }
}
