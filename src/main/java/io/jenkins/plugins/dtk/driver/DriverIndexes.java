package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import io.jenkins.plugins.dtk.oci.ImageManifest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.oci.MediaType;
import io.jenkins.plugins.dtk.oci.Platform;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Joins the images of a driver for several architectures under one tag: an index of what is under their own tags. */
public final class DriverIndexes {

    private final RegistryClient client;
    private final ImageReference repository;

    /** By tag, the image for each architecture. */
    private final Map<String, Map<Architecture, DriverImage>> wanted = new LinkedHashMap<>();

    /**
     * @param patterns of the indexes' tags; empty: there are none
     * @throws IllegalArgumentException when an index would have two images for one architecture, or the tag of an image;
     *     one line
     */
    public DriverIndexes(
            RegistryClient client, ImageReference repository, List<TagPattern> patterns, List<DriverImage> images) {
        this.client = client.atSource();
        this.repository = repository;
        for (DriverImage image : images) {
            List<String> minors = image.rows().stream()
                    .map(row -> row.release().version().line().toString())
                    .distinct()
                    .toList();
            patterns.forEach(pattern -> pattern.tags(minors, image.values()).forEach(tag -> add(tag, image)));
        }
        images.forEach(
                image -> image.tags().stream().filter(wanted::containsKey).forEach(tag -> {
                    throw new IllegalArgumentException("the tag '" + tag + "' would be both an image's and an index's");
                }));
    }

    private void add(String tag, DriverImage image) {
        Map<Architecture, DriverImage> its = wanted.computeIfAbsent(tag, none -> new EnumMap<>(Architecture.class));
        DriverImage other = its.put(image.target().architecture(), image);
        if (other != null) {
            throw new IllegalArgumentException("the index '" + tag + "' would have two images for "
                    + image.target().architecture() + ": " + other.target() + " and " + image.target());
        }
    }

    /** The tags of all indexes, each with its images. */
    public Map<String, List<DriverImage>> all() {
        Map<String, List<DriverImage>> all = new LinkedHashMap<>();
        wanted.forEach((tag, its) -> all.put(tag, List.copyOf(its.values())));
        return all;
    }

    /**
     * Publishes an index of those of its images that are there. What it named before for other platforms stays, and one
     * that is right already is not written again.
     *
     * @return whether it was written
     * @throws Failure when the registry could not be read or written, or something else than an index has its tag; one
     *     line
     */
    public boolean publish(String tag) throws Failure, InterruptedException {
        List<Descriptor> entries = new ArrayList<>();
        for (Map.Entry<Architecture, DriverImage> one : wanted.get(tag).entrySet()) {
            image(one.getValue())
                    .map(image -> image.descriptor().on(Platform.of(one.getKey())))
                    .ifPresent(entries::add);
        }
        Optional<Manifest> before = client.findManifest(repository.withTag(tag));
        if (before.isPresent() && !(before.get() instanceof ImageIndex)) {
            throw new Failure(
                    Failure.Kind.INVALID, repository.withTag(tag) + " is an image already, and stays; use another tag");
        }
        ImageIndex old = (ImageIndex) before.orElseGet(() -> ImageIndex.of(MediaType.OCI_INDEX, List.of(), Map.of()));
        boolean isRight = entries.stream().allMatch(entry -> old.forPlatform(entry.platform())
                .map(Descriptor::digest)
                .equals(Optional.of(entry.digest())));
        if (isRight) {
            return false;
        }
        client.putManifest(
                repository.withTag(tag),
                old.with(
                        MediaType.OCI_INDEX,
                        present -> entries.stream()
                                .noneMatch(entry -> present.platform() != null
                                        && present.platform().matches(entry.platform())),
                        entries,
                        old.annotations()));
        return true;
    }

    private Optional<ImageManifest> image(DriverImage image) throws Failure, InterruptedException {
        for (String tag : image.tags()) {
            Optional<Manifest> found = client.findManifest(repository.withTag(tag));
            if (found.isPresent() && found.get() instanceof ImageManifest single) {
                return Optional.of(single);
            }
        }
        return Optional.empty();
    }
}
