package io.jenkins.plugins.dtk.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.http.HttpExchange;
import io.jenkins.plugins.dtk.json.JsonCursor;
import io.jenkins.plugins.dtk.json.JsonDocument;
import io.jenkins.plugins.dtk.json.JsonTree;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.oci.MediaType;
import io.jenkins.plugins.dtk.registry.RegistryClient.Attachment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * What names an image as its subject (OCI distribution-spec 1.1): through the registry's API {@code /referrers/}, and
 * where it has none, through the index under the tag {@code sha256-<digest>} that clients then keep themselves.
 */
final class Referrers {

    private static final int LARGEST = 4 * 1024 * 1024;
    private static final String LIST = "the list of referrers";
    private static final int MOST_ROUNDS = 20;

    /** The config of what has none (OCI image-spec, manifest.md, guidance for an empty descriptor). */
    private static final String EMPTY_TYPE = "application/vnd.oci.empty.v1+json";

    private static final byte[] EMPTY = {'{', '}'};

    /** Those of this JVM wait for each other: see {@link #keep}. */
    private static final List<ReentrantLock> LOCKS =
            Stream.generate(ReentrantLock::new).limit(64).toList();

    private final Transport transport;
    private final Manifests manifests;
    private final Uploads uploads;

    Referrers(Transport transport, Manifests manifests) {
        this.transport = transport;
        this.manifests = manifests;
        this.uploads = new Uploads(transport);
    }

    List<Referrer> list(ImageReference subject) throws Failure, InterruptedException {
        Optional<List<Referrer>> stated = asked(subject);
        return stated.isPresent()
                ? stated.get()
                : JsonDocument.named(LIST).parse(bytes(kept(subject)), Referrers::entries);
    }

    /** The answer of the API; nothing where there is none. */
    private Optional<List<Referrer>> asked(ImageReference subject) throws Failure, InterruptedException {
        RepositoryScope scope = transport.scope(subject, "pull");
        HttpExchange.Request request = Transport.get(
                transport.address(scope, "/referrers/" + subject.digest()), Map.of("Accept", MediaType.OCI_INDEX));
        return transport.send(scope, request, response -> {
            if (response.status() == 404) {
                return Optional.empty();
            }
            if (response.status() != 200) {
                throw Refusal.of(response).failure(response);
            }
            return Optional.of(DocumentBody.parse(response, LARGEST, LIST, Referrers::entries));
        });
    }

    private static List<Referrer> entries(JsonCursor root) throws IOException {
        List<Referrer> found = new ArrayList<>();
        root.fields((name, value) -> {
            if (name.equals("manifests") && value.isList()) {
                value.elements(entry -> ReferrerReader.parse(entry).ifPresent(found::add));
            }
        });
        return found;
    }

    /** The index under the tag, or an empty one. */
    private ObjectNode kept(ImageReference subject) throws Failure, InterruptedException {
        Optional<Manifest> found = manifests.find(tag(subject));
        if (found.isPresent() && found.get() instanceof ImageIndex index) {
            return (ObjectNode) JsonTree.object(index.bytes(), LIST);
        }
        ObjectNode index = document(MediaType.OCI_INDEX);
        index.putArray("manifests");
        return index;
    }

    private static ImageReference tag(ImageReference subject) {
        return subject.withTag(subject.digest().tag());
    }

    /** Publishes content with the image as its subject. The same content is there once, however often it is attached. */
    Referrer attach(Manifest subject, ImageReference repository, Attachment attachment)
            throws Failure, InterruptedException {
        Descriptor config = uploads.put(repository, EMPTY_TYPE, EMPTY);
        Descriptor layer = uploads.put(repository, attachment.artifactType(), attachment.content());
        ObjectNode json = document(MediaType.OCI_MANIFEST);
        json.put("artifactType", attachment.artifactType());
        describe(json.putObject("config"), config);
        describe(json.putArray("layers").addObject(), layer);
        describe(json.putObject("subject"), subject.descriptor());
        texts(json, attachment.annotations());
        ImageReference image = repository.withDigest(subject.digest());
        Manifest manifest = Manifest.parse(MediaType.OCI_MANIFEST, bytes(json));
        boolean listed = manifests.putWithSubject(repository.withDigest(manifest.digest()), manifest, subject.digest());
        if (!listed) {
            keep(image, manifest, attachment);
        }
        return new Referrer(manifest.digest(), attachment.artifactType(), attachment.annotations());
    }

    /**
     * Enters it into the index under the tag. Who read the index before that and writes it after that drops the entry, as
     * the specification warns. So it is looked for again, once a moment later, and entered again where it is gone. Within
     * this JVM they wait for each other.
     */
    private void keep(ImageReference image, Manifest manifest, Attachment attachment)
            throws Failure, InterruptedException {
        ReentrantLock lock = LOCKS.get(Math.floorMod(image.digest().hashCode(), LOCKS.size()));
        lock.lockInterruptibly();
        try {
            boolean written = false;
            for (int round = 0; round < MOST_ROUNDS; round++) {
                ObjectNode index = kept(image);
                if (!isIn(index, manifest)) {
                    enter(index, manifest, attachment);
                    write(image, index);
                    written = true;
                } else if (!written) {
                    return;
                } else {
                    transport.pause("others that write the list of what is attached");
                    written = false;
                }
            }
        } finally {
            lock.unlock();
        }
        throw new Failure(Kind.INVALID, "the list of what is attached was written again and again and never stayed");
    }

    private static boolean isIn(ObjectNode index, Manifest manifest) {
        for (JsonNode entry : index.path("manifests")) {
            if (manifest.digest().toString().equals(entry.path("digest").textValue())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Writes the list. Registries refuse one that names what they do not have; what their garbage collection deleted
     * (distribution/distribution#3178) is taken out then.
     */
    private void write(ImageReference image, ObjectNode index) throws Failure, InterruptedException {
        try {
            manifests.put(tag(image), Manifest.parse(MediaType.OCI_INDEX, bytes(index)));
        } catch (Failure e) {
            if (e.kind() == Kind.UNREACHABLE || !dropGone(image, index)) {
                throw e;
            }
            manifests.put(tag(image), Manifest.parse(MediaType.OCI_INDEX, bytes(index)));
        }
    }

    private boolean dropGone(ImageReference image, ObjectNode index) throws Failure, InterruptedException {
        boolean dropped = false;
        Iterator<JsonNode> entries = index.path("manifests").iterator();
        while (entries.hasNext()) {
            Optional<Digest> digest = Digest.find(entries.next().path("digest").asText());
            if (digest.isPresent()
                    && manifests.head(image.withDigest(digest.get())).isEmpty()) {
                entries.remove();
                dropped = true;
            }
        }
        return dropped;
    }

    private static void enter(ObjectNode index, Manifest manifest, Attachment attachment) {
        ObjectNode entry = describe(((ArrayNode) index.get("manifests")).addObject(), manifest.descriptor());
        entry.put("artifactType", attachment.artifactType());
        texts(entry, attachment.annotations());
    }

    private static ObjectNode document(String mediaType) {
        return JsonTree.MAPPER.createObjectNode().put("schemaVersion", 2).put("mediaType", mediaType);
    }

    private static ObjectNode describe(ObjectNode node, Descriptor content) {
        return node.put("mediaType", content.mediaType())
                .put("digest", content.digest().toString())
                .put("size", content.size());
    }

    private static void texts(ObjectNode node, Map<String, String> annotations) {
        if (!annotations.isEmpty()) {
            ObjectNode texts = node.putObject("annotations");
            new TreeMap<>(annotations).forEach(texts::put);
        }
    }

    private static byte[] bytes(ObjectNode json) {
        try {
            return JsonTree.MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }
}
