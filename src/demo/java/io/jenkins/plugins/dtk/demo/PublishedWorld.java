package io.jenkins.plugins.dtk.demo;

import io.jenkins.plugins.dtk.kernel.Architecture;
import java.util.Map;
import java.util.Optional;

/** A world that stands in a registry: the digests of its payloads, and what it took to write it. */
public final class PublishedWorld {

    /** A payload of a release for an architecture, by RPM name, or {@code multi}. */
    record Payload(String version, String scope) {}

    private final OpenShiftWorld world;
    private final Map<Payload, String> payloads;
    private final Tally tally;

    PublishedWorld(OpenShiftWorld world, Map<Payload, String> payloads, Tally tally) {
        this.world = world;
        this.payloads = payloads;
        this.tally = tally;
    }

    public OpenShiftWorld world() {
        return world;
    }

    /** The digest of the payload of a release for one architecture, {@code sha256:...}; none where there is none. */
    public Optional<String> payload(String version, Architecture architecture) {
        return payload(version, architecture.rpmName());
    }

    /** The digest of the payload of a release for all architectures, a manifest list or index. */
    public Optional<String> multiPayload(String version) {
        return payload(version, OpenShiftWorld.MULTI);
    }

    Optional<String> payload(String version, String scope) {
        return Optional.ofNullable(payloads.get(new Payload(version, scope)));
    }

    /** How many payloads there are, those for all architectures included. */
    public int payloads() {
        return payloads.size();
    }

    /** How many blobs were written; those that the registry had are not counted. */
    public long blobsWritten() {
        return tally.blobs();
    }

    /** How many manifests were written, those of indexes included. */
    public long manifestsWritten() {
        return tally.manifests();
    }

    /** The bytes of the blobs and manifests that were written. */
    public long bytesWritten() {
        return tally.bytes();
    }
}
