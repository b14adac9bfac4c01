package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.ImageManifest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Joins the images of a driver for several architectures under one tag: an index of what is under their own tags. */
public final class DriverIndexes {

    private final RegistryClient client;
    private final ImageReference repository;
    private final IndexTags tags;

    /**
     * @param patterns of the indexes' tags; empty: there are none
     * @throws IllegalArgumentException as {@link IndexTags} does
     */
    public DriverIndexes(
            RegistryClient client, ImageReference repository, List<TagPattern> patterns, List<DriverImage> images) {
        this.client = client.atSource();
        this.repository = repository;
        this.tags = new IndexTags(patterns, images);
    }

    /** The tags of all indexes, each with its images. */
    public Map<String, List<DriverImage>> all() {
        Map<String, List<DriverImage>> all = new LinkedHashMap<>();
        tags.all().forEach((tag, its) -> all.put(tag, List.copyOf(its.values())));
        return all;
    }

    /**
     * Publishes an index of those of its images that are there.
     *
     * @return whether it was written
     * @throws Failure when the registry could not be read or written, or something else than an index has its tag; one
     *     line
     */
    public boolean publish(String tag) throws Failure, InterruptedException {
        Map<Architecture, DriverImage> its = tags.all().get(tag);
        Map<Architecture, Descriptor> there = new EnumMap<>(Architecture.class);
        for (Map.Entry<Architecture, DriverImage> one : its.entrySet()) {
            image(one.getValue()).ifPresent(image -> there.put(one.getKey(), image.descriptor()));
        }
        return DriverIndex.publish(client, repository.withTag(tag), its.keySet(), there)
                .written();
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
