package io.jenkins.plugins.dtk.registry;

import java.io.InputStream;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A client of the OCI distribution API, safe for use by many threads. All calls block, end at once with
 * {@link InterruptedException} when their thread is interrupted, and retry what may pass.
 */
public final class RegistryClient {

    private RegistryClient() {}

    public static Builder builder() {
        return new Builder();
    }

    /** The manifest, or nothing when the registry said that it has none; any doubt is an exception. */
    public Optional<Manifest> findManifest(ImageReference image) throws RegistryException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** The manifest; one that is absent is an exception of that kind. */
    public Manifest manifest(ImageReference image) throws RegistryException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** Type, digest and size of a manifest without reading it, or nothing when the registry said that it has none. */
    public Optional<Descriptor> head(ImageReference image) throws RegistryException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** What the config of an image says. */
    public ImageConfig config(ImageReference repository, ImageManifest image)
            throws RegistryException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** The first bytes of a blob, not more than {@code bytes}; not verified against its digest, unless complete. */
    public byte[] blobStart(ImageReference repository, Descriptor blob, int bytes)
            throws RegistryException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    /**
     * A blob as a stream. Reading its last byte verifies size and digest; a failure to read is a
     * {@link RegistryException}, an interrupt a {@link java.io.InterruptedIOException}.
     */
    public InputStream blob(ImageReference repository, Descriptor blob) throws RegistryException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** Writes a manifest under the tag or the digest of the reference. */
    public Descriptor putManifest(ImageReference image, Manifest manifest)
            throws RegistryException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** Makes a blob of another repository of the same registry part of this one; false when the registry does not. */
    public boolean mountBlob(ImageReference repository, Descriptor blob, ImageReference from)
            throws RegistryException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** Deletes a manifest by its digest. */
    public void deleteManifest(ImageReference image) throws RegistryException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** All tags of a repository behind {@code last} in the registry's order; from the first when it is null. */
    public List<String> tags(ImageReference repository, String last) throws RegistryException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** The place where an image is really read and written, by the locations of this client. */
    public ImageReference located(ImageReference image) {
        throw new UnsupportedOperationException();
    }

    /** What this client has done so far. */
    public Stats stats() {
        throw new UnsupportedOperationException();
    }

    /**
     * Counts of a client's work.
     *
     * @param requests sent, with those for tokens and those that were retried
     * @param bytes of bodies received
     * @param retries how many of the requests were repetitions
     */
    public record Stats(long requests, long bytes, long retries) {}

    /** Collects the settings of a client. */
    public static final class Builder {

        private Builder() {}

        public Builder credentials(RegistryCredentials credentials) {
            return this;
        }

        /** Registries, as {@code host:port}, that may be reached over plain http. */
        public Builder plainHttp(Set<String> registries) {
            return this;
        }

        /** Registries, as {@code host[:port]}, whose TLS certificate is not verified. */
        public Builder unverifiedTls(Set<String> registries) {
            return this;
        }

        /** Certificates of authorities to trust besides those of Java, in PEM. */
        public Builder trustedCertificates(String pem) {
            return this;
        }

        /** Prefix of a name to the place it is really at; the longest prefix wins. */
        public Builder locations(Map<String, String> locations) {
            return this;
        }

        /** How many requests may be in flight to one host. */
        public Builder requestsInFlight(int requests) {
            return this;
        }

        /** How many requests may start in a second, for one host. */
        public Builder requestsPerSecond(int requests) {
            return this;
        }

        /** How long one request may take, and how long the stream of a blob may pause. */
        public Builder requestTimeout(Duration timeout) {
            return this;
        }

        /** How long all work of the client may take, from {@link #build} on. */
        public Builder deadline(Duration deadline) {
            return this;
        }

        /** Makes the HTTP client, for proxies. */
        public Builder httpClientBuilder(Supplier<HttpClient.Builder> supplier) {
            return this;
        }

        public RegistryClient build() {
            return new RegistryClient();
        }
    }
}
