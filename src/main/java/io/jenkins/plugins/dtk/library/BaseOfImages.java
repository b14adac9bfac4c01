package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import io.jenkins.plugins.dtk.oci.ImageManifest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.oci.Platform;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out on which base image an image says that it was built. The nearest statement that costs nothing counts first:
 * the annotation of the index, that of its entry, that of the image; then the image's label, which costs a request.
 */
final class BaseOfImages {

    /** What an image says of its base. */
    enum Answer {
        SAME,
        OTHER,
        /** It says nothing; nobody may guess. */
        SILENT,
        /** The index names it, and it does not exist. */
        GONE
    }

    private final RegistryClient client;
    private final ImageReference repository;
    private final String wanted;

    BaseOfImages(RegistryClient client, ImageReference repository, String wanted) {
        this.client = client;
        this.repository = repository;
        this.wanted = wanted;
    }

    /** Of an image that an index names. */
    Answer of(ImageIndex index, Descriptor entry) throws Failure, InterruptedException {
        Optional<Answer> told = told(index.annotations()).or(() -> told(entry.annotations()));
        if (told.isPresent()) {
            return told.get();
        }
        Optional<Manifest> child = client.findManifest(repository.withDigest(entry.digest()));
        return child.isEmpty() ? Answer.GONE : of(child.get());
    }

    /** Of what the tag of one architecture names: the image, or an index of it and its attestations. */
    Answer of(Manifest manifest, Architecture architecture) throws Failure, InterruptedException {
        if (manifest instanceof ImageIndex index) {
            Optional<Descriptor> entry = index.forPlatform(Platform.parse(architecture.platform()));
            return entry.isEmpty() ? Answer.SILENT : of(index, entry.get());
        }
        return of(manifest);
    }

    private Answer of(Manifest manifest) throws Failure, InterruptedException {
        if (!(manifest instanceof ImageManifest image)) {
            return Answer.SILENT;
        }
        Optional<Answer> told = told(image.annotations());
        return told.isPresent()
                ? told.get()
                : told(client.config(repository, image).labels()).orElse(Answer.SILENT);
    }

    private Optional<Answer> told(Map<String, String> statements) {
        return Optional.ofNullable(statements.get(ExistenceCheck.BASE_DIGEST))
                .filter(base -> !base.isBlank())
                .map(base -> base.equals(wanted) ? Answer.SAME : Answer.OTHER);
    }
}
