package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.oci.ImageManifest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.registry.Referrer;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.registry.RegistryClient.Attachment;
import io.jenkins.plugins.dtk.release.ImageTree;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Attaches lists of packages to the images of a repository. */
final class PackageAttacher {

    /** What {@code rpm -qa} printed at the end of the build; in the last layer of the images that the plugin builds. */
    private static final String FILE = "etc/driver-toolkit-packages.txt";

    private final RegistryClient client;
    private final ImageReference repository;
    private final ImageTree files;

    PackageAttacher(RegistryClient client, ImageReference repository) {
        this.client = client;
        this.repository = repository;
        this.files = new ImageTree(client);
    }

    /** Attaches this list, unless there is one: it is of the same image. */
    Referrer attach(Manifest image, Collection<String> packages, Instant created) throws Failure, InterruptedException {
        byte[] document = PackageDocument.write(repository.name() + "@" + image.digest(), packages, created);
        Optional<Referrer> present = attached(image);
        return present.isPresent()
                ? present.get()
                : client.attach(repository, image, new Attachment(PackageDocument.TYPE, document, Map.of()));
    }

    /** Attaches the list that the image brings along; returns whether it has one attached now. */
    boolean attachOwn(Manifest image, Instant created) throws Failure, InterruptedException {
        if (attached(image).isPresent()) {
            return true;
        }
        Optional<List<String>> own = image instanceof ImageManifest single
                ? files.inLastLayer(repository, single, FILE, PackageLines::lines)
                : Optional.empty();
        if (own.isEmpty()) {
            return false;
        }
        try {
            attach(image, own.get(), created);
            return true;
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    Failure.Kind.INVALID,
                    "/" + FILE + " of " + repository.name() + "@" + image.digest() + ": " + e.getMessage(),
                    e);
        }
    }

    /** The list that is attached and can be pulled: garbage collection may have deleted what is still listed. */
    private Optional<Referrer> attached(Manifest image) throws Failure, InterruptedException {
        for (Referrer referrer : client.referrers(repository.withDigest(image.digest()))) {
            if (referrer.artifactType().equals(PackageDocument.TYPE)
                    && client.head(repository.withDigest(referrer.digest())).isPresent()) {
                return Optional.of(referrer);
            }
        }
        return Optional.empty();
    }
}
