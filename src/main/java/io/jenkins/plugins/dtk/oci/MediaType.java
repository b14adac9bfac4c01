package io.jenkins.plugins.dtk.oci;

/** The media types of manifests. Docker's schema 2 and OCI's are alike in form; schema 1 is not supported. */
public final class MediaType {

    /** Docker's image manifest, version 2, schema 2. */
    public static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

    /** Docker's manifest list: its form of an index. */
    public static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";

    /** OCI's image manifest. */
    public static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    /** OCI's image index. */
    public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";

    /**
     * What we accept, always all four: quay answers a request that names only the list with an outdated schema 1
     * manifest (openshift/cincinnati docs/design/openshift.md).
     */
    public static final String ACCEPT = String.join(", ", DOCKER_MANIFEST, DOCKER_LIST, OCI_MANIFEST, OCI_INDEX);

    private MediaType() {}

    /** Whether this is the type of an image manifest, Docker's or OCI's. */
    public static boolean isImage(String mediaType) {
        return DOCKER_MANIFEST.equals(mediaType) || OCI_MANIFEST.equals(mediaType);
    }

    /** Whether this is the type of an index, Docker's or OCI's. */
    public static boolean isIndex(String mediaType) {
        return DOCKER_LIST.equals(mediaType) || OCI_INDEX.equals(mediaType);
    }
}
