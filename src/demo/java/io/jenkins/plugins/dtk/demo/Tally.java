package io.jenkins.plugins.dtk.demo;

import java.util.concurrent.atomic.AtomicLong;

/** Counts what was really written into a registry. */
final class Tally {

    private final AtomicLong blobs = new AtomicLong();
    private final AtomicLong manifests = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    void blob(Blob blob) {
        blobs.incrementAndGet();
        bytes.addAndGet(blob.size());
    }

    void manifest(Blob manifest) {
        manifests.incrementAndGet();
        bytes.addAndGet(manifest.size());
    }

    long blobs() {
        return blobs.get();
    }

    long manifests() {
        return manifests.get();
    }

    long bytes() {
        return bytes.get();
    }
}
