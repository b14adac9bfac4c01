package io.jenkins.plugins.dtk.kernel;

import io.jenkins.plugins.dtk.text.Quote;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of a kernel as RPM and {@code uname -r} write it, such as
 * {@code 4.18.0-305.40.1.el8_4.x86_64} or {@code 5.14.0-427.26.1.el9_4.aarch64+64k}.
 *
 * <p>The parts are {@code [epoch:]version-release[.architecture][+flavour]}. The release holds the
 * distribution mark ({@code .el8_4}, {@code .el10_2}, {@code .el9}, {@code .scos9}), possibly followed by the
 * text of a hot fix ({@code .el8_6.iavf.bz2149746}), so the mark is the first match, never the last dotted part.
 * Ordered as RPM orders packages; architecture and flavour only break ties.
 */
public final class KernelVersion implements Comparable<KernelVersion> {

    /** Longest text that is read: no kernel comes near it, and an image tag ends at 128 characters. */
    private static final int MAX_LENGTH = 110;

    private static final Pattern FORM = Pattern.compile(
            "(?:(\\d{1,9}):)?" // epoch
                    + "(\\d+\\.\\d+\\.\\d+)-" // version
                    + "(\\d[0-9A-Za-z_.]{0,80}?)" // release
                    + "(?:\\.(x86_64|aarch64|ppc64le|s390x))?"
                    + "(?:\\+([A-Za-z0-9_.-]*))?");

    private static final Pattern DIST = Pattern.compile("\\.(el|scos)(\\d{1,2})(?:_(\\d{1,2}))?(?=\\.|$)");

    /** What else RPM writes behind a release: it would pass for the text of a hot fix. */
    private static final Pattern FOREIGN = Pattern.compile(
            "\\.(x86_64|aarch64|ppc64le|s390x|i[3-6]86|ppc64|armv7hl|riscv64|noarch|src|nosrc)(?=\\.|$)");

    private static final Pattern RT = Pattern.compile("\\.rt\\d+\\.\\d+(?=\\.(?:el|scos)\\d)");

    private static final Comparator<KernelVersion> ORDER = Comparator.<KernelVersion>comparingInt(k -> k.epoch)
            .thenComparing(k -> k.version, RpmVersions::compare)
            .thenComparing(k -> k.release, RpmVersions::compare)
            .thenComparing(k -> k.version)
            .thenComparing(k -> k.release)
            .thenComparing(k -> k.architecture == null ? "" : k.architecture.rpmName())
            .thenComparing(k -> k.flavour);

    private final int epoch;
    private final String version;
    private final String release;
    private final Architecture architecture;
    private final KernelFlavour flavour;

    private KernelVersion(int epoch, String version, String release, Architecture architecture, KernelFlavour flavour) {
        this.epoch = epoch;
        this.version = version;
        this.release = release;
        this.architecture = architecture;
        this.flavour = flavour;
    }

    /**
     * Reads a kernel version, with or without epoch, architecture and flavour.
     *
     * @throws IllegalArgumentException when it is none, or a kernel that RHEL CoreOS does not ship (debug,
     *     Oracle's UEK); the message is one line
     */
    public static KernelVersion parse(String text) {
        Matcher form = FORM.matcher(text.length() > MAX_LENGTH ? "" : text);
        if (!form.matches()) {
            throw invalid(text, "expected a form like 5.14.0-284.11.1.el9_2.x86_64");
        }
        String release = form.group(3);
        if (!DIST.matcher(release).find()) {
            throw invalid(text, Distributions.why(release));
        }
        Matcher foreign = FOREIGN.matcher(release);
        if (foreign.find()) {
            throw invalid(text, foreign.group() + " is no part of a release");
        }
        Architecture architecture = form.group(4) == null ? null : Architecture.parse(form.group(4));
        KernelFlavour flavour;
        try {
            flavour = KernelFlavour.of(form.group(5), RT.matcher(release).find(), architecture);
        } catch (IllegalArgumentException e) {
            throw invalid(text, e.getMessage());
        }
        int epoch = form.group(1) == null ? 0 : Integer.parseInt(form.group(1));
        return new KernelVersion(epoch, form.group(2), release, architecture, flavour);
    }

    /** Whether a text reads as a kernel version. From 4.22 on the label {@code ostree.linux} is the word {@code true}. */
    public static boolean isKernelVersion(String text) {
        return refusal(text).isEmpty();
    }

    /** Why a text is no kernel version that can be used, in one line that names it; nothing when it is one. */
    public static Optional<String> refusal(String text) {
        try {
            parse(text);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static IllegalArgumentException invalid(String text, String why) {
        return new IllegalArgumentException("not a kernel version: " + Quote.of(text) + " (" + why + ")");
    }

    /** Version and release without epoch, architecture and flavour: {@code 4.18.0-305.40.1.el8_4}. */
    public String nvr() {
        return version + "-" + release;
    }

    /** The NVR with an architecture, as in a package's name: {@code 4.18.0-305.40.1.el8_4.x86_64}. */
    public String full(Architecture of) {
        return nvr() + "." + of.rpmName();
    }

    /** The tag of the multi-arch index: the NVR. It holds no character that a tag may not. */
    public String tag() {
        return nvr();
    }

    /** The tag of one architecture's image: what {@code uname -r} prints there. */
    public String tag(Architecture of) {
        return full(of);
    }

    /** Exactly what {@code uname -r} prints for this kernel, its flavour included, on an architecture. */
    public String uname(Architecture of) {
        return full(of) + (isRealTimeNvr() ? "" : flavour.suffix());
    }

    /** The architecture, when the text named one. */
    public Optional<Architecture> architecture() {
        return Optional.ofNullable(architecture);
    }

    /** Standard, real-time or 64k pages, as far as the text says. */
    public KernelFlavour flavour() {
        return flavour;
    }

    /**
     * The RHEL release the kernel was built for, by its distribution mark. The minor is absent for CentOS Stream
     * and for the RHEL releases whose GA kernels end in plain {@code .el8}: then the node OS build names it.
     */
    public RhelVersion rhel() {
        Matcher dist = dist();
        return new RhelVersion(
                Integer.parseInt(dist.group(2)), dist.group(3) == null ? null : Integer.valueOf(dist.group(3)));
    }

    /**
     * Whether this real-time kernel belongs to a standard kernel: the same NVR (RHEL 9.3 and later), or the same
     * source with {@code .rtN.M} before the distribution mark. The rule is doozer's
     * (openshift-eng/art-tools, find_rhcos_build_kernel_inconsistencies): one dotted part off the kernel's
     * release and three off the real-time kernel's leave the same text.
     */
    public boolean isRealTimeOf(KernelVersion standard) {
        if (!version.equals(standard.version)) {
            return false;
        }
        return release.equals(standard.release)
                || RT.matcher(release).replaceFirst("").equals(standard.release);
    }

    /**
     * The same kernel by its NVR alone, without epoch, architecture and the flavour's suffix: what the matrix uses as
     * key, since tags show no more.
     */
    public KernelVersion withoutArchitecture() {
        return new KernelVersion(
                0, version, release, null, isRealTimeNvr() ? KernelFlavour.RT : KernelFlavour.STANDARD);
    }

    /** The standard kernel of the same source, whatever this one's flavour; by its NVR alone. */
    public KernelVersion standard() {
        return new KernelVersion(0, version, RT.matcher(release).replaceFirst(""), null, KernelFlavour.STANDARD);
    }

    /** Before RHEL 9.3 the real-time kernel had an NVR of its own. */
    private boolean isRealTimeNvr() {
        return RT.matcher(release).find();
    }

    private Matcher dist() {
        Matcher dist = DIST.matcher(release);
        if (!dist.find()) {
            throw new IllegalStateException(nvr());
        }
        return dist;
    }

    @Override
    public int compareTo(KernelVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KernelVersion && ORDER.compare(this, (KernelVersion) other) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(epoch, version, release, architecture, flavour);
    }

    /** The text as {@code uname -r} would print it, as far as the parts are known. */
    @Override
    public String toString() {
        boolean stated = flavour == KernelFlavour.RT && isRealTimeNvr();
        return nvr() + (architecture == null ? "" : "." + architecture.rpmName()) + (stated ? "" : flavour.suffix());
    }
}
