package io.jenkins.plugins.dtk.release;

import java.io.IOException;

/** How much may be unpacked in search of one file, over all the layers that are looked at. */
final class UnpackLimit {

    /** An entry that claims more would only be skipped. */
    static final long LARGEST_ENTRY = 1L << 30;

    private static final long MOST = 1L << 30;

    private long unpacked;

    /**
     * Counts bytes before they are unpacked.
     *
     * @throws IOException when they are too many
     */
    void count(long bytes) throws IOException {
        if (bytes > LARGEST_ENTRY) {
            throw tooLarge();
        }
        unpacked += bytes;
        if (unpacked > MOST) {
            throw new IOException("the layer unpacks to more than " + (MOST >> 20) + " MiB");
        }
    }

    static IOException tooLarge() {
        return new IOException("the layer has an entry of more than " + (LARGEST_ENTRY >> 20) + " MiB");
    }
}
