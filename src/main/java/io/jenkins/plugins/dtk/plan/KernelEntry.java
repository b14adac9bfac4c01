package io.jenkins.plugins.dtk.plan;

import io.jenkins.plugins.dtk.driver.MatrixTarget;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.library.ImageLibrary.JoinResult;
import io.jenkins.plugins.dtk.matrix.MatrixKernel;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.plan.ImageEntry.Status;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The ledger's page for one kernel. */
final class KernelEntry implements Serializable {

    private static final long serialVersionUID = 1L;

    /** How the index stands. */
    private enum Index {
        OPEN,
        PUBLISHED,
        FAILED,
        /** It stays as it is. */
        THERE,
        /** There is none, and nothing to make one of. */
        NONE,
        /** It stays as it is until the kernel has an image for every architecture. */
        HELD,
        /** It lacks something and stays as it is, because its tag cannot be written twice. */
        KEPT
    }

    private final String kernel;
    private final String tag;
    private final String baseDigest;
    private final boolean complete;
    private final boolean holdIncomplete;
    private final LinkedHashMap<Architecture, ImageEntry> images = new LinkedHashMap<>();
    private Index index = Index.OPEN;
    private String digest = "";
    private String reason = "";
    private boolean ofDriver;

    /** Why not every list of packages is attached; null when nothing failed, or nothing was to be attached. */
    private String notAttached;

    /**
     * @param tag the kernel's; kept by reference, as what is stored grows with each copy
     * @param holdIncomplete whether the index waits until there is an image for every architecture
     */
    KernelEntry(String tag, MatrixKernel kernel, boolean holdIncomplete) {
        this.holdIncomplete = holdIncomplete;
        this.kernel =
                tag.equals(kernel.kernel().toString()) ? tag : kernel.kernel().toString();
        this.tag = tag;
        this.baseDigest = kernel.base().digestText();
        this.complete = kernel.unjoined().isEmpty();
        kernel.architectures()
                .forEach(architecture -> images.put(
                        architecture, new ImageEntry(!kernel.missing().contains(architecture))));
    }

    void expect(Collection<Architecture> architectures) {
        architectures.forEach(architecture -> images.get(architecture).expect());
    }

    /** Some images are left for another run. Where no other is built, the index needs no work, unless it lacks one. */
    void skip(Collection<Architecture> architectures) {
        architectures.forEach(architecture -> images.get(architecture).skip());
        restWhereNothingIsBuilt();
        holdWhereIncomplete();
    }

    /** Its images are those of a driver. */
    void of(Map<Architecture, MatrixTarget> targets) {
        targets.forEach((architecture, target) -> images.get(architecture).of(target));
        ofDriver = true;
    }

    /** For some images of a driver nothing is run. */
    void settle(Map<Architecture, BuildPlan.Settled> ends) {
        ends.forEach((architecture, end) -> images.get(architecture).settle(end));
        restWhereNothingIsBuilt();
    }

    private void restWhereNothingIsBuilt() {
        if (branchesDone() && complete) {
            index = hasImages() ? Index.THERE : Index.NONE;
        }
    }

    String tag() {
        return tag;
    }

    /** How the images of a driver ended, those without a toolkit left out. */
    void outcomes(OutcomeTaker taker) {
        images.forEach((architecture, image) -> {
            if (ofDriver && !image.tried().isEmpty()) {
                taker.take(
                        KernelReport.name(kernel, architecture),
                        image.tried(),
                        image.outcome(),
                        image.reason(),
                        image.node());
            }
        });
    }

    Collection<Architecture> architectures() {
        return new ArrayList<>(images.keySet());
    }

    /** A branch takes another toolkit than the first. */
    void took(BranchEntry branch, String toolkit) {
        branch.architectures().forEach(architecture -> images.get(architecture).took(toolkit));
    }

    void started(BranchEntry branch) {
        branch.architectures().forEach(architecture -> images.get(architecture).started(branch));
    }

    /** @param failure null when it ended well */
    void ended(BranchEntry branch, String failure) {
        for (Architecture architecture : branch.architectures()) {
            ImageEntry entry = images.get(architecture);
            if (failure == null) {
                entry.ended(branch, Status.BUILT, "");
            } else if (ofDriver) {
                entry.ended(branch, branch.outcome(failure), branch.reason(architecture, failure));
            } else {
                entry.ended(branch, Status.FAILED, branch.reason(architecture, failure));
            }
        }
        holdWhereIncomplete();
    }

    /** Its branch was ended by somebody else. */
    void stopped(BranchEntry branch, String why) {
        branch.architectures().forEach(architecture -> images.get(architecture).ended(branch, Status.STOPPED, why));
        holdWhereIncomplete();
    }

    private void holdWhereIncomplete() {
        boolean lacks = !images.values().stream().allMatch(ImageEntry::mayBeThere);
        if (holdIncomplete && index == Index.OPEN && branchesDone() && hasImages() && lacks) {
            index = Index.HELD;
        }
    }

    boolean branchesDone() {
        return images.values().stream().noneMatch(image -> image.is(Status.OPEN));
    }

    /** Where every branch failed and nothing was there before, there is nothing to put into an index. */
    boolean isJoinable() {
        return branchesDone() && index == Index.OPEN && hasImages();
    }

    boolean isDone() {
        return branchesDone() && (index != Index.OPEN || !hasImages());
    }

    /** Whether something came of the work on it. */
    boolean hasSucceeded() {
        return count(Status.BUILT) + count(Status.UNKNOWN) > 0 || index == Index.PUBLISHED && count(Status.FAILED) == 0;
    }

    /** Whether something failed that is not to blame on a driver's source. */
    boolean hasFailedByAccident() {
        return index == Index.FAILED
                || notAttached != null
                || images.values().stream()
                        .anyMatch(image ->
                                image.is(Status.FAILED) && !image.outcome().isOfSource());
    }

    private boolean hasImages() {
        return images.values().stream().anyMatch(ImageEntry::mayBeThere);
    }

    void joined(JoinResult result) {
        index = Index.PUBLISHED;
        digest = result.digest() == null ? "" : result.digest().toString();
        images.forEach((architecture, image) -> {
            Digest own = result.joined().get(architecture);
            if (own == null) {
                image.notFound(result.rejected().get(architecture));
            } else {
                image.found(own.toString(), result.bases().get(architecture), baseDigest);
            }
        });
    }

    void joinFailed(String why) {
        images.values().forEach(ImageEntry::notRead);
        index = Index.FAILED;
        reason = why;
    }

    /**
     * Its tag cannot be written twice. Where an image was built for it, someone has to know; later there is nothing that
     * another night could change.
     */
    void joinRefused(String why) {
        index = count(Status.BUILT) > 0 ? Index.FAILED : Index.KEPT;
        reason = why;
    }

    void attachFailed(String why) {
        notAttached = why;
    }

    long count(Status status) {
        return images.values().stream().filter(image -> image.is(status)).count();
    }

    KernelReport report() {
        boolean none = index == Index.PUBLISHED ? digest.isEmpty() : index == Index.OPEN && isDone();
        String word = none ? "none" : index.name().toLowerCase(Locale.ROOT);
        return new KernelReport(kernel, tag, word, digest, reason, notAttached, images);
    }
}
