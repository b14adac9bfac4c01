package io.jenkins.plugins.dtk.registry;

import io.jenkins.plugins.dtk.failure.ErrorContext;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.ImageConfig;
import io.jenkins.plugins.dtk.oci.ImageManifest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A client of the OCI distribution API, safe for use by many threads. All calls block, end at once with
 * {@link InterruptedException} when their thread is interrupted, and retry what may pass. What comes from a registry is
 * bounded in size, time and redirects; credentials go to no other host than the registry and its token service.
 */
public final class RegistryClient {

    private static final int LARGEST_CONFIG = 8 * 1024 * 1024;

    private final ClientSettings settings;
    private final Transport transport;
    private final MirroredRead reads;
    private final boolean written;
    private final Manifests manifests;
    private final Blobs blobs;
    private final Tags tags;
    private final Referrers referrers;

    RegistryClient(ClientSettings settings) {
        this(settings, new Transport(settings), settings.mirrors(), false);
    }

    private RegistryClient(ClientSettings settings, Transport transport, Mirrors mirrors, boolean written) {
        this.settings = settings;
        this.transport = transport;
        this.written = written;
        this.tags = new Tags(transport);
        this.reads = new MirroredRead(transport, mirrors, written ? new SecondLook(transport, tags) : null);
        this.manifests = new Manifests(transport, reads);
        this.blobs = new Blobs(transport, reads);
        this.referrers = new Referrers(transport, manifests);
    }

    /** Starts a client that is anonymous and reaches all registries over verified TLS. */
    public static RegistryClientBuilder builder() {
        return new RegistryClientBuilder();
    }

    /**
     * This client without its mirrors, which may be late: for a repository that is written too. Both share connections
     * and tokens. A read that is refused is tried again with the right to write, as far as the login has it: quay and
     * others say only then that nothing is there yet.
     */
    public RegistryClient atSource() {
        return new RegistryClient(settings, transport, Mirrors.NONE, true);
    }

    /**
     * The manifest, or nothing when the registry said that it has none: status 404 with a code that says so or without a
     * body. Any other answer is an exception, a proxy's page with status 404 too.
     */
    public Optional<Manifest> findManifest(ImageReference image) throws Failure, InterruptedException {
        return attempt("read the manifest of " + image, () -> manifests.find(image));
    }

    /** The manifest; one that is absent is an exception of that kind. */
    public Manifest manifest(ImageReference image) throws Failure, InterruptedException {
        return attempt("read the manifest of " + image, () -> manifests
                .find(image)
                .orElseThrow(() -> new Failure(Kind.ABSENT, located(image).registry() + " has no such image")));
    }

    /**
     * Type, digest and size of a manifest without reading it, or nothing when the registry said that it has none. Costs
     * a second request where the registry answers HEAD badly, and where there is none, to hear it said.
     */
    public Optional<Descriptor> head(ImageReference image) throws Failure, InterruptedException {
        return attempt("look up " + image, () -> manifests.head(image));
    }

    /** What the config of an image says. */
    public ImageConfig config(ImageReference repository, ImageManifest image) throws Failure, InterruptedException {
        return attempt(
                "read the config of " + repository.name() + "@" + image.digest(),
                () -> blobs.document(
                        repository, image.config(), LARGEST_CONFIG, "the config of the image", ImageConfig::parse));
    }

    /** The first bytes of a blob, not more than {@code bytes}; verified against its digest only when they are all of it. */
    public byte[] blobStart(ImageReference repository, Descriptor blob, int bytes)
            throws Failure, InterruptedException {
        return attempt(
                "read the start of the blob " + blob.digest() + " of " + repository.name(),
                () -> blobs.start(repository, blob, bytes));
    }

    /**
     * A blob as a stream, to be closed by the caller. Reading its end verifies size and digest; a failure to read is a
     * {@link Failure}, an interrupt a {@link java.io.InterruptedIOException}.
     */
    public InputStream blob(ImageReference repository, Descriptor blob) throws Failure, InterruptedException {
        return attempt(
                "read the blob " + blob.digest() + " of " + repository.name(),
                () -> new BlobStream(
                        blobs,
                        repository,
                        blob,
                        transport.retries()::count,
                        settings.http().mask()));
    }

    /** Writes a manifest under the tag or the digest of the reference. */
    public Descriptor putManifest(ImageReference image, Manifest manifest) throws Failure, InterruptedException {
        return attempt("write the manifest of " + image, () -> {
            manifests.put(image, manifest);
            return manifest.descriptor();
        });
    }

    /**
     * What is attached to an image, through the registry's own list or, where it keeps none, that of the clients.
     *
     * @param subject with a digest
     */
    public List<Referrer> referrers(ImageReference subject) throws Failure, InterruptedException {
        return attempt("list what is attached to " + subject, () -> referrers.list(subject));
    }

    /** Attaches content to an image of a repository. What is there already is not sent again. */
    public Referrer attach(ImageReference repository, Manifest subject, Attachment attachment)
            throws Failure, InterruptedException {
        return attempt(
                "attach " + attachment.artifactType() + " to " + repository.withDigest(subject.digest()),
                () -> referrers.attach(subject, repository, attachment));
    }

    /**
     * Deletes a manifest, with all its tags. The reference needs a digest; one that is not there is no failure. The
     * request is sent once: between a failure and a repetition someone may have named the manifest anew, so the caller
     * looks before it asks again.
     */
    public void deleteManifest(ImageReference image) throws Failure, InterruptedException {
        attempt("delete " + image, () -> {
            manifests.delete(image);
            return null;
        });
    }

    /**
     * All tags of a repository behind {@code last} in the registry's order, from the first when it is null. A few
     * registries do not know {@code last} and give all.
     */
    public List<String> tags(ImageReference repository, String last) throws Failure, InterruptedException {
        return attempt(
                "list the tags of " + repository.name(),
                () -> written ? reads.tags(repository, last) : tags.list(transport.scope(repository, "pull"), last));
    }

    /** Work for an action; what a registry or a proxy said of its failure shows none of our logins. */
    private <T> T attempt(String action, ErrorContext<T> work) throws Failure, InterruptedException {
        try {
            return work.run();
        } catch (Failure e) {
            throw e.reworded(settings.http().mask()::hide).during(action);
        }
    }

    /** The place where an image is really read, where no mirror has it, and written, by the locations of this client. */
    public ImageReference located(ImageReference image) {
        return settings.locations().apply(image);
    }

    /** The places where an image is read before its own, in their order. */
    public List<ImageReference> mirrors(ImageReference image) {
        return settings.mirrors().of(image);
    }

    /** What this client has done so far. */
    public Stats stats() {
        return new Stats(
                transport.exchange().requests(),
                transport.exchange().bytes(),
                transport.retries().counted());
    }

    /**
     * Counts of a client's work.
     *
     * @param requests sent, with those for tokens and those that were retried
     * @param bytes of bodies received
     * @param retries how many of the requests were repetitions
     */
    public record Stats(long requests, long bytes, long retries) {}

    /**
     * What is to be attached to an image.
     *
     * @param artifactType its media type, such as {@code application/spdx+json}
     * @param content of a few megabytes at most
     * @param annotations never null
     */
    public record Attachment(String artifactType, byte[] content, Map<String, String> annotations) {

        /** Makes the annotations unmodifiable. */
        public Attachment {
            annotations = Map.copyOf(annotations);
            content = content.clone();
        }

        @Override
        public byte[] content() {
            return content.clone();
        }
    }
}
