package io.jenkins.plugins.dtk.demo;

import io.jenkins.plugins.dtk.kernel.Architecture;

/**
 * The driver-toolkit image of a release, with {@code /etc/driver-toolkit-release.json} in its last layer:
 * openshift/driver-toolkit Dockerfile.
 *
 * @param kernelRt empty when the release has no kernel-rt
 * @param plusRt whether its kernel-rt is named as {@code uname -r} prints it, with {@code +rt}, as from 4.16 on
 */
record DriverToolkitImage(String kernel, String kernelRt, String rhel, boolean plusRt, Architecture architecture)
        implements ComponentImage {

    @Override
    public Image build() {
        return Image.of(plusRt ? Flavour.OCI : Flavour.DOCKER, architecture)
                .label(
                        "io.k8s.description",
                        "driver-toolkit is a container with the kernel packages necessary for"
                                + " building driver containers for deploying kernel modules/drivers on OpenShift")
                .label("io.openshift.release.operator", "true")
                .label("name", "driver-toolkit")
                .label("version", "0.1")
                .layers(BaseLayers.of("driver-toolkit-" + rhel, architecture, 3))
                .layer(Layer.of(
                        new TarWriter().directory("etc/").file("etc/driver-toolkit-release.json", releaseJson())))
                .build();
    }

    private String releaseJson() {
        return "{ \"KERNEL_VERSION\": \"%s.%s\", %s\"RHEL_VERSION\": \"%s\" }\n"
                .formatted(kernel, architecture, rtEntry(), rhel);
    }

    /** On other architectures the Dockerfile records what rpm says of a package that is not installed. */
    private String rtEntry() {
        if (architecture != Architecture.X86_64) {
            return "\"RT_KERNEL_VERSION\": \"package kernel-rt-core is not installed\", ";
        }
        if (kernelRt.isEmpty()) {
            return "";
        }
        return "\"RT_KERNEL_VERSION\": \"%s.%s%s\", ".formatted(kernelRt, architecture, plusRt ? "+rt" : "");
    }
}
