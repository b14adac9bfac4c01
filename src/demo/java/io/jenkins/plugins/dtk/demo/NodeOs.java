package io.jenkins.plugins.dtk.demo;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One node OS of a release: an RHCOS build and the kernels in it, the same for all architectures.
 *
 * @param build the RHCOS build, such as {@code 414.92.202403270157-0} or {@code 9.6.20260616-0}; empty when not recorded
 * @param kernel the kernel NVR without architecture, such as {@code 5.14.0-284.59.1.el9_2}
 * @param kernelRt the kernel-rt NVR without architecture, on x86_64; empty when it is not known. From RHEL 9.3 on it
 *     equals the kernel's: both come from one source package
 */
public record NodeOs(String build, String kernel, String kernelRt) {

    private static final Pattern EL = Pattern.compile("\\.el(\\d+)(?:_(\\d+))?$");
    private static final Pattern OLD_BUILD = Pattern.compile("4\\d+\\.(\\d)(\\d+)\\..*");
    private static final Pattern LAYERED_BUILD = Pattern.compile("\\d{1,2}\\.\\d+\\.(\\d{8})-\\d+");

    static NodeOs of(String build, String kernel, String separateRt) {
        NodeOs os = new NodeOs(build, kernel, separateRt);
        return separateRt.isEmpty() && os.rtIsKernel() ? new NodeOs(build, kernel, kernel) : os;
    }

    private boolean rtIsKernel() {
        return major() > 9 || major() == 9 && Integer.parseInt(rhel().substring(2)) >= 3;
    }

    private int major() {
        return Integer.parseInt(el().group(1));
    }

    private Matcher el() {
        Matcher el = EL.matcher(kernel);
        if (!el.find()) {
            throw new IllegalArgumentException("not a RHEL kernel: " + kernel);
        }
        return el;
    }

    /** The stream of the node OS: {@code rhel-8}, {@code rhel-9} or {@code rhel-10}. */
    public String stream() {
        return "rhel-" + major();
    }

    /** The RHEL version, from the kernel's name or, where that has no minor, from the build: {@code 8.6}, {@code 10.2}. */
    public String rhel() {
        Matcher el = el();
        if (el.group(2) != null) {
            return el.group(1) + "." + el.group(2);
        }
        Matcher old = OLD_BUILD.matcher(build);
        if (!old.matches()) {
            throw new IllegalArgumentException("no RHEL minor version in " + kernel + " nor in build '" + build + "'");
        }
        return old.group(1) + "." + old.group(2);
    }

    /** Whether the node image is built in layers on an RHCOS base, as from OpenShift 4.19 on. */
    boolean layered() {
        return LAYERED_BUILD.matcher(build).matches();
    }

    /** The day of a layered build, as yyyymmdd. */
    int day() {
        Matcher layered = LAYERED_BUILD.matcher(build);
        if (!layered.matches()) {
            throw new IllegalStateException("not a layered build: " + build);
        }
        return Integer.parseInt(layered.group(1));
    }
}
