package io.jenkins.plugins.dtk.demo;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of a release, in the order of semantic versions: 4.9.0-rc.1, 4.9.0-rc.8, 4.9.0, 4.10.0. */
record OcpVersion(int major, int minor, int patch, String stage, int number) implements Comparable<OcpVersion> {

    private static final String RELEASED = "~";
    private static final Pattern FORM = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)(?:-(ec|fc|rc)\\.(\\d+))?");
    private static final Comparator<OcpVersion> ORDER = Comparator.comparingInt(OcpVersion::major)
            .thenComparingInt(OcpVersion::minor)
            .thenComparingInt(OcpVersion::patch)
            .thenComparing(OcpVersion::stage)
            .thenComparingInt(OcpVersion::number);

    static OcpVersion parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("not a release version: " + text);
        }
        boolean released = form.group(4) == null;
        return new OcpVersion(
                Integer.parseInt(form.group(1)),
                Integer.parseInt(form.group(2)),
                Integer.parseInt(form.group(3)),
                released ? RELEASED : form.group(4),
                released ? 0 : Integer.parseInt(form.group(5)));
    }

    boolean preRelease() {
        return !stage.equals(RELEASED);
    }

    /** Whether this is of OpenShift {@code 4.minor} or later. */
    boolean from(int minor4) {
        return major > 4 || minor >= minor4;
    }

    /** Such as {@code 4.14}. */
    String yStream() {
        return major + "." + minor;
    }

    @Override
    public int compareTo(OcpVersion other) {
        return ORDER.compare(this, other);
    }
}
