package io.jenkins.plugins.dtk.registry;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.http.HttpExchange;
import io.jenkins.plugins.dtk.http.Response;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.oci.MediaType;
import io.jenkins.plugins.dtk.text.Quote;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** The manifests of a registry: {@code /v2/<name>/manifests/<reference>}. */
final class Manifests {

    /** With 2,000 layers, or as many images, a manifest has 400 KB. Registries take up to 4 MiB. */
    private static final int LARGEST = 1024 * 1024;

    private static final Map<String, String> ACCEPT = Map.of("Accept", MediaType.ACCEPT);

    private static final String WRITTEN_ONCE =
            "tags there cannot be written twice, which the tag of several architectures needs: exempt this repository, or"
                    + " its tags without an architecture, from that rule, or publish an index when it is complete"
                    + " (incomplete: 'hold')";

    private static final String DELETED_NEVER =
            "what such a rule protects stays: exempt it from the rule, or let the registry's own clean-up delete it";

    private static final String DELETED_WITHOUT_TAGS =
            "nothing that has a tag is deleted there: delete its tags first, as with gcloud artifacts docker images delete"
                    + " --delete-tags";

    private final Transport transport;
    private final MirroredRead reads;

    Manifests(Transport transport, MirroredRead reads) {
        this.transport = transport;
        this.reads = reads;
    }

    Optional<Manifest> find(ImageReference image) throws Failure, InterruptedException {
        return unlessUnlisted(image, scope -> find(scope, image));
    }

    private Optional<Manifest> find(RepositoryScope scope, ImageReference image) throws Failure, InterruptedException {
        return transport.send(scope, Transport.get(address(scope, image), ACCEPT), response -> {
            if (response.status() == 200) {
                return Optional.of(manifest(image, response));
            }
            Refusal refusal = Refusal.of(response);
            if (refusal.isAbsence() && !response.elsewhere()) {
                return Optional.empty();
            }
            throw refusal.failure(response);
        });
    }

    /** By HEAD; by GET where the registry does not answer it fully, and to hear the reason of status 404. */
    Optional<Descriptor> head(ImageReference image) throws Failure, InterruptedException {
        return unlessUnlisted(image, scope -> head(scope, image));
    }

    private <T> Optional<T> unlessUnlisted(ImageReference image, MirroredRead.Read<Optional<T>> read)
            throws Failure, InterruptedException {
        try {
            return reads.run(image, Optional::isPresent, read);
        } catch (Failure e) {
            if (reads.isUnlisted(image, e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Optional<Descriptor> head(RepositoryScope scope, ImageReference image)
            throws Failure, InterruptedException {
        HttpExchange.Request request = new HttpExchange.Request("HEAD", address(scope, image), ACCEPT, null, false);
        Optional<Descriptor> head = transport.send(scope, request, response -> {
            Optional<Digest> digest = response.header("Docker-Content-Digest").flatMap(Digest::find);
            String type = response.header("Content-Type").orElse("");
            boolean complete = response.status() == 200
                    && digest.isPresent()
                    && (MediaType.isImage(type) || MediaType.isIndex(type));
            if (complete && image.digest() != null && !image.digest().equals(digest.get())) {
                throw other(image.digest(), digest.get());
            }
            return complete
                    ? Optional.of(Descriptor.of(
                            type,
                            digest.get(),
                            response.headers()
                                    .firstValueAsLong("Content-Length")
                                    .orElse(-1)))
                    : Optional.empty();
        });
        return head.isPresent() ? head : find(scope, image).map(Manifest::descriptor);
    }

    void put(ImageReference image, Manifest manifest) throws Failure, InterruptedException {
        put(image, manifest, response -> null);
    }

    /** Writes one that names a subject; returns whether the registry says that it keeps the list of those itself. */
    boolean putWithSubject(ImageReference image, Manifest manifest, Digest subject)
            throws Failure, InterruptedException {
        return put(image, manifest, response -> response.header("OCI-Subject")
                .flatMap(Digest::find)
                .equals(Optional.of(subject)));
    }

    private <T> T put(ImageReference image, Manifest manifest, Transport.Reader<T> then)
            throws Failure, InterruptedException {
        if (image.digest() != null && !image.digest().matches(manifest.bytes())) {
            throw other(image.digest(), manifest.digest());
        }
        try {
            return putOnce(image, manifest, then);
        } catch (Failure e) {
            throw e.kind() == Kind.IMMUTABLE || isTagAlone(image, manifest, e)
                    ? new Failure(Kind.IMMUTABLE, e.reason()).advising(WRITTEN_ONCE)
                    : e;
        }
    }

    /**
     * Whether a registry takes the manifest and refuses only to write a tag again that is there. At zot that is a login
     * that may create and not update, and is refused like one that may do neither (project-zot/zot pkg/api/authz.go).
     * Artifactory calls the manifest invalid, because its own write was forbidden (GoogleContainerTools/kaniko#1095).
     */
    private boolean isTagAlone(ImageReference image, Manifest manifest, Failure refusal) throws InterruptedException {
        boolean mayBe = refusal.kind() == Kind.REFUSED || refusal.kind() == Kind.INVALID;
        if (!mayBe || image.digest() != null) {
            return false;
        }
        try {
            if (head(image).isEmpty()) {
                return false;
            }
            putOnce(image.withDigest(manifest.digest()), manifest, response -> null);
            return true;
        } catch (Failure e) {
            return false;
        }
    }

    private <T> T putOnce(ImageReference image, Manifest manifest, Transport.Reader<T> then)
            throws Failure, InterruptedException {
        RepositoryScope scope = transport.scope(image, "pull,push");
        HttpExchange.Request request = new HttpExchange.Request(
                "PUT", address(scope, image), Map.of("Content-Type", manifest.mediaType()), manifest.bytes(), false);
        return transport.send(scope, request, response -> {
            if (response.status() / 100 != 2) {
                throw refused(Refusal.of(response), response);
            }
            response.readError();
            String digest = response.header("Docker-Content-Digest").orElse("");
            if (digest.startsWith("sha256:") && !digest.equals(manifest.digest().toString())) {
                throw other(manifest.digest(), digest);
            }
            return then.of(response);
        });
    }

    /**
     * The digest that we write is that of the content. A registry that calls it invalid looked at a file that another
     * push of the same content had not finished: docker-registry on a file system does so under load.
     */
    private static Failure refused(Refusal refusal, Response response) {
        Failure failure = refusal.failure(response);
        if (refusal.status() == 405 && !refusal.isImmutable()) {
            return new Failure(Kind.REFUSED, failure.reason() + "; it is read-only at present");
        }
        return refusal.code().equals("DIGEST_INVALID") ? new Failure(Kind.UNREACHABLE, failure.reason()) : failure;
    }

    void delete(ImageReference image) throws Failure, InterruptedException {
        if (image.digest() == null) {
            throw new IllegalArgumentException("a manifest is deleted by its digest, and " + image + " has none");
        }
        RepositoryScope scope = transport.scope(image, "pull,push,delete");
        HttpExchange.Request request = new HttpExchange.Request("DELETE", address(scope, image), Map.of(), null, false);
        try {
            deleteOnce(scope, request);
        } catch (Failure e) {
            throw e.kind() == Kind.IMMUTABLE && e.advice().isEmpty() ? e.advising(DELETED_NEVER) : e;
        }
    }

    private void deleteOnce(RepositoryScope scope, HttpExchange.Request request) throws Failure, InterruptedException {
        transport.sendOnce(scope, request, response -> {
            Refusal refusal = Refusal.of(response);
            if (refusal.isImmutable()) {
                throw refusal.failure(response);
            }
            if (refusal.code().startsWith("GOOGLE_MANIFEST_DANGLING")) { // genuinetools/reg#136
                String said = refusal.failure(response).reason();
                throw new Failure(Kind.IMMUTABLE, said).advising(DELETED_WITHOUT_TAGS);
            }
            if (refusal.status() == 405) {
                throw new Failure(
                        Kind.REFUSED,
                        refusal.failure(response).reason() + "; deletes are switched off there, or it is read-only");
            }
            if (response.status() / 100 != 2 && !refusal.isAbsence()) {
                throw refusal.failure(response);
            }
            return null;
        });
    }

    private static Manifest manifest(ImageReference image, Response response) throws Failure, InterruptedException {
        byte[] bytes = response.readAll(LARGEST, "the manifest");
        String header = response.header("Docker-Content-Digest").orElse(null);
        Optional<Digest> stated = Digest.find(header);
        if (header != null && stated.isEmpty()) {
            throw new Failure(Kind.INVALID, "the registry names as its digest " + Quote.of(header) + ", which is none");
        }
        Digest wanted = image.digest() != null ? image.digest() : stated.orElse(null);
        if (wanted != null && !wanted.matches(bytes)) {
            throw other(wanted, Digest.of(bytes));
        }
        return Manifest.parse(response.header("Content-Type").orElse(null), bytes);
    }

    private static Failure other(Digest wanted, Object found) {
        return new Failure(
                Kind.INVALID, "its digest should be " + wanted + " but is " + Quote.shorten(found.toString()));
    }

    private URI address(RepositoryScope scope, ImageReference image) {
        String reference = image.digest() != null ? image.digest().toString() : image.tag();
        if (reference == null) {
            throw new IllegalArgumentException(image + " has neither a tag nor a digest");
        }
        return transport.address(scope, "/manifests/" + reference);
    }
}
