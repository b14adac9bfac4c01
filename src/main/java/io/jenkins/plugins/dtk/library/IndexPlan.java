package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import io.jenkins.plugins.dtk.oci.MediaType;
import io.jenkins.plugins.dtk.oci.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the index of a kernel should look like, given what is there. No I/O. */
final class IndexPlan {

    /** Labels of images that their index repeats: base, kernel, releases, source and build. */
    private static final List<String> ORIGIN = List.of(
            ExistenceCheck.BASE_DIGEST,
            "org.opencontainers.image.base.name",
            "org.opencontainers.image.title",
            KernelClaim.VERSION,
            "org.opencontainers.image.revision",
            "io.jenkins.plugins.dtk.rhel-version",
            "io.jenkins.plugins.dtk.openshift-releases",
            "io.jenkins.plugins.dtk.build-url");

    private IndexPlan() {}

    /** Whether an index names each part, nothing else for their platforms, and no rejected image. */
    static boolean isRight(ImageIndex index, PartReader.Parts parts) {
        boolean complete = parts.good().values().stream().allMatch(part -> index.manifests().stream()
                .filter(entry -> isFor(entry, part))
                .map(Descriptor::digest)
                .toList()
                .equals(List.of(part.image().digest())));
        return complete
                && index.manifests().stream()
                        .noneMatch(entry -> parts.rejectedDigests().containsValue(entry.digest()));
    }

    /** Whether a present entry is neither replaced nor rejected, nor about an image that is. */
    static boolean stays(Descriptor entry, PartReader.Parts parts) {
        return parts.good().values().stream().noneMatch(part -> isFor(entry, part))
                && !parts.rejectedDigests().containsValue(entry.digest());
    }

    /**
     * The index with all parts, and with those present entries that stay and exist.
     *
     * @param isThere whether a manifest exists
     * @return nothing when there is nothing to name
     */
    static Optional<ImageIndex> of(ImageIndex old, PartReader.Parts parts, Predicate<Digest> isThere) {
        List<Descriptor> added = new ArrayList<>();
        parts.good().values().forEach(part -> added.add(part.image()));
        List<Descriptor> kept = old.manifests().stream()
                .filter(entry -> stays(entry, parts) && isThere.test(entry.digest()))
                .toList();
        Set<Digest> images = PlatformImages.digests(kept);
        images.addAll(PlatformImages.digests(added));
        parts.good().values().forEach(part -> part.attached().stream()
                .filter(attached ->
                        kept.stream().noneMatch(entry -> entry.digest().equals(attached.digest())))
                .forEach(added::add));
        List<Descriptor> staying = kept.stream()
                .filter(entry -> !entry.annotations().containsKey(PartReader.SUBJECT)
                        || Digest.find(entry.annotations().get(PartReader.SUBJECT))
                                .filter(images::contains)
                                .isPresent())
                .toList();
        if (images.isEmpty()) {
            return Optional.empty();
        }
        List<Descriptor> all = new ArrayList<>(staying);
        all.addAll(added);
        return Optional.of(old.with(type(all), staying::contains, added, annotations(old, parts, staying)));
    }

    /** An index in Docker's form when all that it names is, else in OCI's. */
    private static String type(List<Descriptor> all) {
        return all.stream().allMatch(entry -> entry.mediaType().equals(MediaType.DOCKER_MANIFEST))
                ? MediaType.DOCKER_LIST
                : MediaType.OCI_INDEX;
    }

    /** The present annotations, and what all images say of their origin where they agree on it. */
    private static Map<String, String> annotations(ImageIndex old, PartReader.Parts parts, List<Descriptor> staying) {
        Map<String, String> annotations = new TreeMap<>(old.annotations());
        boolean all = staying.stream().noneMatch(PlatformImages::isImage);
        for (String name : ORIGIN) {
            Set<String> stated = parts.good().values().stream()
                    .map(part -> origin(part, name))
                    .collect(Collectors.toSet());
            String value = stated.size() == 1 ? stated.iterator().next() : "";
            if (all && !value.isEmpty()) {
                annotations.put(name, value);
            } else {
                annotations.remove(name);
            }
        }
        return annotations;
    }

    /** What an image says, its kernel also by the label that names it with the architecture. */
    private static String origin(Part part, String name) {
        String own = part.labels().getOrDefault(name, "");
        String kernel = part.labels().getOrDefault(KernelClaim.LABEL, "");
        return own.isEmpty() && name.equals(KernelClaim.VERSION) && KernelVersion.isKernelVersion(kernel)
                ? KernelVersion.parse(kernel).withoutArchitecture().nvr()
                : own;
    }

    private static boolean isFor(Descriptor entry, Part part) {
        return entry.platform() != null && entry.platform().matches(Platform.of(part.architecture()));
    }
}
