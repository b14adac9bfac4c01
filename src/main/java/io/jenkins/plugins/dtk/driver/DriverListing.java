package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import io.jenkins.plugins.dtk.oci.ImageManifest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The images of a driver that a repository has, by its list of tags: one question for all of them. */
final class DriverListing {

    private final RegistryClient client;
    private final ImageReference repository;
    private final Set<String> tags;

    private DriverListing(RegistryClient client, ImageReference repository, Set<String> tags) {
        this.client = client;
        this.repository = repository;
        this.tags = tags;
    }

    /**
     * Lists a repository; one that does not exist yet has none.
     *
     * @throws Failure when the registry did not say; one line
     */
    static DriverListing of(RegistryClient client, ImageReference repository) throws Failure, InterruptedException {
        RegistryClient source = client.atSource();
        try {
            return new DriverListing(source, repository, new HashSet<>(source.tags(repository, null)));
        } catch (Failure e) {
            if (e.kind() == Failure.Kind.ABSENT) {
                return new DriverListing(source, repository, Set.of());
            }
            throw e;
        }
    }

    /** Whether an image is there, under one of its tags at least. */
    boolean has(DriverImage image) {
        return image.tags().stream().anyMatch(tags::contains);
    }

    /** Whether an image lacks one of its tags. */
    boolean lacksTags(DriverImage image) {
        return !tags.containsAll(image.tags());
    }

    /**
     * The index under a tag; nothing where it is not there, or is none.
     *
     * @throws Failure when the registry did not say; one line
     */
    Optional<ImageIndex> index(String tag) throws Failure, InterruptedException {
        Optional<Manifest> found = tags.contains(tag) ? client.findManifest(repository.withTag(tag)) : Optional.empty();
        return found.filter(ImageIndex.class::isInstance).map(ImageIndex.class::cast);
    }

    /**
     * What an image says of itself.
     *
     * @throws Failure when the registry did not say; one line
     */
    Map<String, String> labels(DriverImage image) throws Failure, InterruptedException {
        String tag = image.tags().stream().filter(tags::contains).findFirst().orElseThrow();
        return client.findManifest(repository.withTag(tag)).orElse(null) instanceof ImageManifest single
                ? client.config(repository, single).labels()
                : Map.of();
    }

    /** The images that are there, each with the tags it really has. */
    List<DriverImage> those(List<DriverImage> wanted) {
        return wanted.stream()
                .filter(this::has)
                .map(image -> new DriverImage(
                        image.target(),
                        image.tags().stream().filter(tags::contains).toList(),
                        image.rows(),
                        image.values()))
                .toList();
    }
}
