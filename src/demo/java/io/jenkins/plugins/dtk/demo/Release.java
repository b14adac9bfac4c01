package io.jenkins.plugins.dtk.demo;

import io.jenkins.plugins.dtk.kernel.Architecture;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A release of OpenShift.
 *
 * @param version such as {@code 4.14.7} or {@code 4.20.0-rc.3}
 * @param channels the channels of the update graph that hold it; none when the registry alone knows it
 * @param nodeOses its node OSes; from 4.21 on there may be a second one, based on RHEL 10
 * @param driverToolkitKernel the kernel of its own driver-toolkit image, NVR without architecture
 * @param architectures the architectures that have a payload of it
 * @param multi whether it also has one payload for all of them, the tag {@code VERSION-multi}
 */
public record Release(
        String version,
        List<String> channels,
        List<NodeOs> nodeOses,
        String driverToolkitKernel,
        List<Architecture> architectures,
        boolean multi) {

    static final Comparator<Release> ORDER = Comparator.comparing(Release::ocp);

    /** The same with a driver-toolkit image for another kernel. */
    Release withToolkitFor(String kernel) {
        return new Release(version, channels, nodeOses, kernel, architectures, multi);
    }

    OcpVersion ocp() {
        return OcpVersion.parse(version);
    }

    /** Whether it is an early candidate, feature candidate or release candidate. */
    public boolean preRelease() {
        return ocp().preRelease();
    }

    /** Such as {@code 4.14}. */
    public String yStream() {
        return ocp().yStream();
    }

    /** Whether {@code CHANNEL-4.y} of its own minor version holds it, as {@code candidate} and {@code stable}. */
    public boolean in(String channel) {
        return channels.contains(channel + "-" + yStream());
    }

    /** The media types its payload is written in: OCI for the newest, which come from another build system. */
    Flavour flavour() {
        return ocp().from(21) ? Flavour.OCI : Flavour.DOCKER;
    }

    /** The node OS images in its image-references, tag by tag, on one architecture. */
    Map<String, NodeImage> nodeImages(Architecture architecture) {
        Map<String, NodeImage> tags = new LinkedHashMap<>();
        for (NodeOs os : nodeOses) {
            if (!ocp().from(16)) {
                tags.put("machine-os-content", new NodeImage(NodeImage.Kind.MACHINE_OS_CONTENT, os, architecture, ""));
            }
            if (ocp().from(12)) {
                // The minor version is part of layered images alone: the older ones are the build as it is.
                String minor = os.layered() ? yStream() : "";
                String tag = tag(os);
                tags.put(tag, new NodeImage(NodeImage.Kind.COREOS, os, architecture, minor));
                tags.put(tag + "-extensions", new NodeImage(NodeImage.Kind.EXTENSIONS, os, architecture, minor));
            }
        }
        return tags;
    }

    /** The tag of a node OS: openshift/machine-config-operator install/image-references. */
    private String tag(NodeOs os) {
        if (os.stream().equals("rhel-10")) {
            return "rhel-coreos-10";
        }
        return yStream().equals("4.12") ? "rhel-coreos-8" : "rhel-coreos";
    }

    /**
     * Its driver-toolkit images, tag by tag, on one architecture. The one for RHEL 10 came after 4.22:
     * openshift/driver-toolkit Dockerfile.rhel10.
     */
    Map<String, DriverToolkitImage> driverToolkits(Architecture architecture) {
        Map<String, DriverToolkitImage> tags = new LinkedHashMap<>();
        for (NodeOs os : nodeOses) {
            if (os.equals(nodeOses.get(0))) {
                String rt = driverToolkitKernel.equals(os.kernel()) ? os.kernelRt() : "";
                tags.put("driver-toolkit", driverToolkit(driverToolkitKernel, rt, os.rhel(), architecture));
            } else if (ocp().from(23)) {
                tags.put("driver-toolkit-10", driverToolkit(os.kernel(), os.kernelRt(), os.rhel(), architecture));
            }
        }
        return tags;
    }

    private DriverToolkitImage driverToolkit(String kernel, String rt, String rhel, Architecture architecture) {
        return new DriverToolkitImage(kernel, rt, rhel, ocp().from(16), architecture);
    }

    /** The repository of its components. Node OS images stay in that of 4.x: openshift-eng/art-tools artcommonlib/rhcos.py. */
    String componentRepository() {
        return "openshift-release-dev/ocp-v" + ocp().major() + ".0-art-dev";
    }
}
