package io.jenkins.plugins.dtk.demo;

import io.jenkins.plugins.dtk.kernel.Architecture;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A node OS image of a release, in the form of its generation. Equal ones are the same image, so releases that share
 * an RHCOS build share its digest.
 *
 * @param minor the minor version of OpenShift whose packages a layered image adds; empty for the others
 */
record NodeImage(Kind kind, NodeOs os, Architecture architecture, String minor) implements ComponentImage {

    enum Kind {
        /** The OS as one image with its packages in labels, up to 4.15. */
        MACHINE_OS_CONTENT,
        /** The OS as a bootable image, from 4.12 on. */
        COREOS,
        /** The packages that a node can add to it, from 4.12 on. */
        EXTENSIONS
    }

    /** Between these days meta.json was one layer below the top: openshift/os 53c2138, 17084e8. */
    private static final int BUILDINFO_ON_TOP = 20260330;

    private static final int META_ON_TOP_AGAIN = 20260521;

    /** From RHEL 9.8 on the label ostree.linux says nothing but that it is there: openshift/os 05a7608. */
    private boolean ostreeLinuxIsTrue() {
        return os.stream().equals("rhel-10") || os.rhel().equals("9.8");
    }

    @Override
    public Image build() {
        return switch (kind) {
            case MACHINE_OS_CONTENT -> machineOsContent();
            case COREOS -> os.layered() ? layeredCoreos() : encapsulatedCoreos();
            case EXTENSIONS -> extensions();
        };
    }

    private String withArchitecture(String nvr) {
        return nvr.isEmpty() ? "" : nvr + "." + architecture;
    }

    private boolean onX86() {
        return architecture == Architecture.X86_64;
    }

    private Image machineOsContent() {
        return labelled(Image.of(Flavour.DOCKER, architecture), true)
                .label("com.coreos.ostree-commit", commit())
                .label("com.coreos.rpm.ignition", "2.14.0-5.rhaos4.13.el9." + architecture)
                .label("com.coreos.rpm.kernel", withArchitecture(os.kernel()))
                .label("com.coreos.rpm.kernel-rt-core", onX86() ? withArchitecture(os.kernelRt()) : "")
                .label("com.coreos.rpm.ostree", "2022.6-3.el9." + architecture)
                .label("com.coreos.rpm.rpm-ostree", "2022.16-3.el9." + architecture)
                .layers(chunks(1))
                .layer(Layer.of(new TarWriter()
                        .directory("srv/repo/")
                        .file("srv/repo/commit", commit())
                        .file("pkglist.txt", os.kernel())))
                .build();
    }

    /** One ostree commit in chunks: bootc-dev/bootc crates/ostree-ext/src/container/encapsulate.rs. */
    private Image encapsulatedCoreos() {
        return labelled(Image.of(Flavour.DOCKER, architecture), !minorFrom16())
                .label("containers.bootc", "1")
                .label("ostree.bootable", "true")
                .label("ostree.commit", commit())
                .label("ostree.linux", withArchitecture(os.kernel()))
                .label("org.opencontainers.image.version", minorFrom16() ? os.build() : "")
                .layers(chunks(4))
                .layer(Layer.of(
                        new TarWriter().directory("sysroot/ostree/repo/").file("sysroot/ostree/repo/commit", commit())))
                .build();
    }

    private boolean minorFrom16() {
        return os.rhel().equals("9.4");
    }

    /** OpenShift's packages and then the package list on top of an RHCOS base: openshift/os Containerfile. */
    private Image layeredCoreos() {
        Layer meta = Layer.of(new TarWriter()
                .directory("usr/share/openshift/")
                .directory("usr/share/openshift/base/")
                .file("usr/share/openshift/base/meta.json", PackageList.metaJson(os.kernel(), architecture)));
        Image.Builder image = labelled(Image.of(Flavour.OCI, architecture), false)
                .label("containers.bootc", "1")
                .label("coreos.build.manifest-list-tag", minor + "-" + os.rhel() + "-" + os.day() + "0000-node-image")
                .label("io.openshift.metalayer", "true")
                .label("io.openshift.os.streamclass", os.stream())
                .label("org.opencontainers.image.version", os.build())
                .label("ostree.bootable", "true")
                .label("ostree.linux", ostreeLinuxIsTrue() ? "true" : withArchitecture(os.kernel()))
                .layers(chunks(4))
                .layer(Layer.of(new TarWriter()
                        .directory("usr/bin/")
                        .file("usr/bin/kubelet", "kubelet of " + minor + " on " + os.build())));
        if (os.day() < BUILDINFO_ON_TOP || os.day() >= META_ON_TOP_AGAIN) {
            return image.layer(meta).build();
        }
        return image.layer(meta)
                .layer(Layer.of(new TarWriter()
                        .directory("usr/share/buildinfo/")
                        .file(
                                "usr/share/buildinfo/labels.json",
                                StableJson.bytes(StableJson.object()
                                        .put("architecture", architecture.goName())
                                        .put("name", "openshift/rhel-coreos")))))
                .build();
    }

    /** The packages as files, and from 4.19 on a list of them as the last layer: openshift/os extensions/Containerfile. */
    private Image extensions() {
        Map<String, String> packages = extensionPackages();
        TarWriter files = new TarWriter().directory("usr/share/rpm-ostree/extensions/");
        packages.forEach(
                (name, evr) -> files.file("usr/share/rpm-ostree/extensions/" + name + "-" + evr + ".rpm", name));
        Image.Builder image = Image.of(os.layered() ? Flavour.OCI : Flavour.DOCKER, architecture)
                .label("io.openshift.os.extensions", os.layered() && ostreeLinuxIsTrue() ? "true" : "")
                .label("io.openshift.os.streamclass", os.layered() ? os.stream() : "")
                .layers(chunks(1))
                .layer(Layer.of(files));
        if (os.layered()) {
            image.layer(Layer.of(new TarWriter()
                    .directory("usr/share/rpm-ostree/")
                    .file("usr/share/rpm-ostree/extensions.json", PackageList.extensionsJson(packages))));
        }
        return image.build();
    }

    private Map<String, String> extensionPackages() {
        Map<String, String> packages = new TreeMap<>(PackageList.extensions(architecture));
        List<String> kernels = onX86() && !os.kernelRt().isEmpty()
                ? List.of("kernel-rt-core", "kernel-rt-devel", "kernel-rt-modules", "kernel-rt-modules-extra")
                : List.of();
        kernels.forEach(name -> packages.put(name, withArchitecture(os.kernelRt())));
        if (architecture == Architecture.AARCH64 && !os.stream().equals("rhel-8")) {
            for (String name : List.of("kernel-64k-core", "kernel-64k-modules", "kernel-64k-modules-extra")) {
                packages.put(name, withArchitecture(os.kernel()));
            }
        }
        for (String name : List.of("kernel", "kernel-core", "kernel-devel", "kernel-headers", "kernel-modules")) {
            packages.put(name, withArchitecture(os.kernel()));
        }
        return packages;
    }

    private Image.Builder labelled(Image.Builder image, boolean versionLabel) {
        return image.label("io.openshift.build.version-display-names", "machine-os=Red Hat Enterprise Linux CoreOS")
                .label("io.openshift.build.versions", os.build().isEmpty() ? "" : "machine-os=" + os.build())
                .label("version", versionLabel ? os.build() : "");
    }

    private String commit() {
        return Digests.ofText(os + " " + architecture).substring("sha256:".length());
    }

    /** Layers that all builds of a RHEL version share. */
    private List<Layer> chunks(int count) {
        return BaseLayers.of("rhel-" + os.rhel(), architecture, count);
    }
}
