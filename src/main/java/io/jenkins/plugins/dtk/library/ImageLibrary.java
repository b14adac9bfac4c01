package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Platform;
import io.jenkins.plugins.dtk.registry.Referrer;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The library of images in one repository. The tag {@code <kernel>} is the index of a kernel, {@code <kernel>.<arch>},
 * exactly what {@code uname -r} prints, the image for one architecture.
 */
public final class ImageLibrary {

    private final RegistryClient client;
    private final ImageReference repository;

    /**
     * The library in a repository. It is read where it is written: a mirror may be late.
     *
     * @param repository as the user names it; tag and digest are ignored
     */
    public ImageLibrary(RegistryClient client, ImageReference repository) {
        this.client = client.atSource();
        this.repository = repository;
    }

    /** The name of the image for a kernel and architecture. */
    ImageReference image(KernelVersion kernel, Architecture architecture) {
        return repository.withTag(kernel.tag(architecture));
    }

    /**
     * Whether an image is there and can be pulled. Costs one request for a single image, or two where the registry does
     * not answer HEAD fully; for an index two, and one more for each image that is asked for, without a platform each
     * that it names. With a base digest up to two more for each, unless the index is annotated with it.
     *
     * @param platforms it must run on; empty: any
     * @param baseDigest the digest of the base that its label or annotation must name; null: any
     * @throws IllegalArgumentException when the tag cannot be one
     */
    public Existence exists(String tag, Collection<Platform> platforms, Digest baseDigest) throws InterruptedException {
        ImageReference image = repository.withTag(tag);
        try {
            return new ExistenceCheck(client, image).answer(platforms, baseDigest);
        } catch (Failure e) {
            return new Existence.Unknown(e);
        }
    }

    /**
     * What is there of a kernel. Costs one request for the index and one for each wanted architecture, because an index
     * does not prove that the images that it names are there; two more for each image that is there and not in the index.
     * That is so where the index is annotated with its kernel and the base of its images, as {@link #join} does; else it
     * costs one more for each image.
     *
     * @param kernelTag the tag of the kernel's index, see {@link KernelVersion#tag()}
     * @param baseDigest the digest of the base that the images should be built on; nothing: not asked
     * @throws Failure when the registry did not say, which is not the same as missing
     */
    KernelState state(String kernelTag, Collection<Architecture> wanted, Optional<Digest> baseDigest)
            throws Failure, InterruptedException {
        return new StateReader(client, repository, kernelTag, baseDigest).state(wanted);
    }

    /**
     * Publishes the index of a kernel. It names exactly what is there: the image under the tag of each architecture, and
     * the other images that the index named before, as long as they exist. An image that is not what its tag claims is
     * left out. Nothing is written when the index is right already.
     *
     * @param kernelTag the tag of the kernel's index, see {@link KernelVersion#tag()}
     * @param wanted the architectures to report on; others that are there are joined too
     * @throws Failure when the registry could not be read or written, or others keep changing the index
     */
    public JoinResult join(String kernelTag, Collection<Architecture> wanted) throws Failure, InterruptedException {
        return new Join(client, repository, kernelTag).run(wanted);
    }

    /**
     * Whether the image for a kernel and architecture is there and is really for that kernel, by what it says itself.
     * Costs three requests, and two more for an image without the label {@code kernel-version}. What is wrong or absent is
     * looked at twice, because a proxy or a replica may answer one request for another.
     *
     * @throws Failure when the registry did not say
     */
    public Compared compare(KernelVersion kernel, Architecture architecture) throws Failure, InterruptedException {
        KernelOfImage image = new KernelOfImage(client, repository, kernel, architecture);
        Compared first = image.compare();
        return first.isMismatch() ? first.confirmedBy(image.compare()) : first;
    }

    /**
     * The images for a kernel that can be pulled, with their digests. Costs a request for the kernel's index and one for
     * each architecture, and one more for each image of the index that has no tag.
     *
     * @throws Failure when the registry did not say, which is not the same as absent
     */
    LibraryCatalog.KernelImages images(KernelVersion kernel, Collection<Architecture> wanted)
            throws Failure, InterruptedException {
        return new KernelImagesReader(client, repository, kernel).images(wanted);
    }

    /**
     * Attaches a list of packages to an image, as SPDX 2.3. One that is there already stays: it is of the same image.
     *
     * @param packages what {@code rpm -qa} prints in the image
     * @return what is attached
     * @throws IllegalArgumentException when a line is no package, or there is none; one line
     * @throws Failure when there is no such image, or the registry could not be read or written
     */
    public Referrer attachPackages(String tag, Collection<String> packages, Instant created)
            throws Failure, InterruptedException {
        PackageDocument.check(packages);
        return new PackageAttacher(client, repository)
                .attach(client.manifest(repository.withTag(tag)), packages, created);
    }

    /**
     * Attaches to images the list of packages that they bring along, as SPDX 2.3. A list that is attached stays, and an
     * image that brings none, built elsewhere or long ago, is left as it is.
     *
     * @param digests of images for one platform each
     * @return how many of them have a list attached now
     * @throws Failure when there is no such image, or the registry could not be read or written
     * @throws Failure when what an image brings along is no list of packages; one line
     */
    public int attachOwnPackages(Collection<Digest> digests, Instant created) throws Failure, InterruptedException {
        PackageAttacher lists = new PackageAttacher(client, repository);
        int attached = 0;
        for (Digest digest : digests) {
            attached += lists.attachOwn(client.manifest(repository.withDigest(digest)), created) ? 1 : 0;
        }
        return attached;
    }

    /** Whether an image is in the library: there are three answers, and "could not tell" is never "no". */
    public sealed interface Existence {

        /**
         * It is there, for every platform and on the base that was asked for.
         *
         * @param digest of the image or index
         */
        record Present(Digest digest) implements Existence {}

        /**
         * It is not there, or not as asked.
         *
         * @param why one line: the tag, a platform or the base
         */
        record Absent(String why) implements Existence {}

        /**
         * The registry gave no answer.
         *
         * @param failure what went wrong
         */
        record Unknown(Failure failure) implements Existence {}
    }

    /**
     * What joining the architectures of a kernel came to.
     *
     * @param digest of the index as it now is; null when no image was there and so no index either
     * @param written whether the index had to be written
     * @param joined the architectures it names, with the digest of each image
     * @param missing the wanted architectures that it does not name, because no such image is there
     * @param rejected images that were there under the tag but are not what it claims, with the reason in one line
     * @param bases the digest of the base that the image under each architecture's tag says it was built on
     */
    public record JoinResult(
            Digest digest,
            boolean written,
            Map<Architecture, Digest> joined,
            Set<Architecture> missing,
            Map<Architecture, String> rejected,
            Map<Architecture, String> bases) {

        /** Puts the architectures into their fixed order and makes the collections unmodifiable. */
        public JoinResult {
            joined = Collections.unmodifiableMap(new TreeMap<>(joined));
            missing = Collections.unmodifiableSet(new TreeSet<>(missing));
            rejected = Collections.unmodifiableMap(new TreeMap<>(rejected));
            bases = Collections.unmodifiableMap(new TreeMap<>(bases));
        }
    }
}
