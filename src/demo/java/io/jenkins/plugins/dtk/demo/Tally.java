package io.jenkins.plugins.dtk.demo;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what was really written into a registry, each content once: threads that meet at the same blob, and tags of the
 * same image, do not count twice.
 */
final class Tally {

    private final Set<String> digests = ConcurrentHashMap.newKeySet();
    private final AtomicLong blobs = new AtomicLong();
    private final AtomicLong manifests = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    void blob(Blob blob) {
        count(blob, blobs);
    }

    void manifest(Blob manifest) {
        count(manifest, manifests);
    }

    private void count(Blob content, AtomicLong kind) {
        if (digests.add(content.digest())) {
            kind.incrementAndGet();
            bytes.addAndGet(content.size());
        }
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
