package io.jenkins.plugins.dtk.demo;

import java.io.IOException;

/** Takes images into a registry. Safe for several threads. */
interface ImageStore {

    /**
     * Stores an image with its blobs, to be found under its digest and under this reference, a tag or that digest.
     * What is there already is not written again.
     */
    void put(String repository, Image image, String reference) throws IOException;

    /** Stores an image to be found by its digest alone. */
    default void put(String repository, Image image) throws IOException {
        put(repository, image, image.digest());
    }
}
