package io.jenkins.plugins.dtk.demo;

import io.jenkins.plugins.dtk.demo.ImageReferences.Reference;
import io.jenkins.plugins.dtk.kernel.Architecture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Writes all images of a world into a registry: first what payloads refer to, then the payloads. */
final class WorldPublisher {

    private static final String SIGNATURE_TEXT = "stands for a signature";

    /** Images of one component, with where they belong. One image for one architecture, several for an index. */
    private record Component(String repository, List<ComponentImage> images) {}

    private final OpenShiftWorld world;
    private final ImageStore store;
    private final Map<Component, Image> pushed = new ConcurrentHashMap<>();
    private final Map<PublishedWorld.Payload, String> payloads = new ConcurrentHashMap<>();

    WorldPublisher(OpenShiftWorld world, ImageStore store) {
        this.world = world;
        this.store = store;
    }

    /** Returns the digest of each payload. */
    Map<PublishedWorld.Payload, String> publish() throws IOException {
        Set<Component> single = new LinkedHashSet<>();
        Set<Component> indexes = new LinkedHashSet<>();
        for (Release release : world.releases()) {
            for (Architecture architecture : release.architectures()) {
                single.addAll(components(release, List.of(architecture)).values());
            }
            if (release.multi()) {
                indexes.addAll(components(release, release.architectures()).values());
            }
        }
        Parallel.forEach(single, this::pushImage);
        Parallel.forEach(indexes, this::pushIndex);
        Parallel.forEach(world.releases(), this::pushPayloads);
        return Map.copyOf(payloads);
    }

    /** The images that the world has of a release, tag by tag, for these architectures. */
    private static Map<String, Component> components(Release release, List<Architecture> architectures) {
        Map<String, Component> components = new LinkedHashMap<>();
        for (Architecture architecture : architectures) {
            release.nodeImages(architecture).forEach((tag, image) -> components
                    .computeIfAbsent(tag, t -> new Component(OpenShiftWorld.NODE_REPOSITORY, new ArrayList<>()))
                    .images
                    .add(image));
            release.driverToolkits(architecture).forEach((tag, image) -> components
                    .computeIfAbsent(tag, t -> new Component(release.componentRepository(), new ArrayList<>()))
                    .images
                    .add(image));
        }
        return components;
    }

    private void pushImage(Component component) throws IOException {
        Image image = component.images.get(0).build();
        store.put(component.repository, image);
        pushed.put(component, image.manifestOnly());
    }

    private void pushIndex(Component component) throws IOException {
        List<Image> images = component.images.stream()
                .map(image -> pushed.get(new Component(component.repository, List.of(image))))
                .toList();
        Flavour flavour = images.get(0).mediaType().equals(Flavour.OCI.manifest()) ? Flavour.OCI : Flavour.DOCKER;
        Image index = Image.index(flavour, images);
        store.put(component.repository, index);
        pushed.put(component, index);
    }

    private void pushPayloads(Release release) throws IOException {
        List<String> previous = world.previous(release);
        for (Architecture architecture : release.architectures()) {
            byte[] references = references(release, architecture.rpmName(), List.of(architecture));
            Layer layer = PayloadImage.layer(release, false, references, previous);
            Image payload = PayloadImage.of(release, architecture, layer);
            push(release, architecture.rpmName(), payload);
            if (architecture == Architecture.X86_64) {
                // Signatures are tags of the same repository, which a reader of its tags must pass over.
                String tag = payload.digest().replace(':', '-') + ".sig";
                store.put(OpenShiftWorld.RELEASE_REPOSITORY, signature(), tag);
            }
        }
        if (release.multi()) {
            pushMulti(release, previous);
        }
    }

    /** One payload for all architectures: the same last layer in each image, referring to indexes. */
    private void pushMulti(Release release, List<String> previous) throws IOException {
        Layer layer = PayloadImage.layer(
                release, true, references(release, OpenShiftWorld.MULTI, release.architectures()), previous);
        List<Image> shards = new ArrayList<>();
        for (Architecture architecture : release.architectures()) {
            Image shard = PayloadImage.of(release, architecture, layer);
            store.put(OpenShiftWorld.RELEASE_REPOSITORY, shard);
            shards.add(shard.manifestOnly());
        }
        push(release, OpenShiftWorld.MULTI, Image.index(release.flavour(), shards));
    }

    private void push(Release release, String scope, Image payload) throws IOException {
        store.put(OpenShiftWorld.RELEASE_REPOSITORY, payload, release.version() + "-" + scope);
        payloads.put(new PublishedWorld.Payload(release.version(), scope), payload.digest());
    }

    private byte[] references(Release release, String scope, List<Architecture> architectures) {
        Map<String, Reference> real = new LinkedHashMap<>();
        components(release, architectures).forEach((tag, component) -> {
            NodeOs os = component.images.get(0) instanceof NodeImage node && node.kind() != NodeImage.Kind.EXTENSIONS
                    ? node.os()
                    : null;
            real.put(
                    tag,
                    new Reference(component.repository, pushed.get(component).digest(), os));
        });
        return new ImageReferences(release, scope, real).json();
    }

    private static Image signature() {
        return Image.of(Flavour.OCI, Architecture.X86_64)
                .layer(Layer.of(new TarWriter().file("signature", SIGNATURE_TEXT)))
                .build();
    }
}
