package io.jenkins.plugins.dtk.demo;

/** The two families of media types in which the field writes images. */
enum Flavour {
    DOCKER(
            "application/vnd.docker.distribution.manifest.v2+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.docker.container.image.v1+json",
            "application/vnd.docker.image.rootfs.diff.tar.gzip"),
    OCI(
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.oci.image.config.v1+json",
            "application/vnd.oci.image.layer.v1.tar+gzip");

    private final String manifest;
    private final String index;
    private final String config;
    private final String layer;

    Flavour(String manifest, String index, String config, String layer) {
        this.manifest = manifest;
        this.index = index;
        this.config = config;
        this.layer = layer;
    }

    String manifest() {
        return manifest;
    }

    /** The media type of a manifest list (Docker) or an image index (OCI). */
    String index() {
        return index;
    }

    String config() {
        return config;
    }

    String layer() {
        return layer;
    }
}
