package io.jenkins.plugins.dtk.plan;

import io.jenkins.plugins.dtk.driver.MatrixTarget;
import io.jenkins.plugins.dtk.driver.Outcome;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.library.ImageLibrary.JoinResult;
import io.jenkins.plugins.dtk.matrix.MatrixKernel;
import io.jenkins.plugins.dtk.plan.BuildPlan.ImageBuild;
import io.jenkins.plugins.dtk.plan.ImageEntry.Status;
import java.io.Serializable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Keeps the books of one run: which branches have ended and how, which kernels are joined, what is left to do. It is
 * stored with the build and so survives a restart of the controller. Not safe for threads: its owner locks.
 */
public final class BuildLedger implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String image;
    private final boolean holdIncomplete;
    private final LinkedHashMap<String, KernelEntry> kernels = new LinkedHashMap<>();
    private final LinkedHashMap<String, BranchEntry> branches = new LinkedHashMap<>();

    /** The kernels with something left to do. Kept, as hundreds of branches ask for it. */
    private final LinkedHashSet<String> unfinished = new LinkedHashSet<>();

    private int openBranches;

    /** Whether a driver had an image before the run. */
    private final boolean hadImages;

    /**
     * Opens the books for a plan.
     *
     * @param holdIncomplete whether the index of a kernel stays as it is until there is an image for every architecture
     */
    public BuildLedger(String image, BuildPlan plan, boolean holdIncomplete) {
        this.image = image;
        this.holdIncomplete = holdIncomplete;
        for (ImageBuild build : plan.builds()) {
            KernelEntry kernel = entry(build.kernel());
            kernel.expect(build.architectures());
            branches.put(build.name(), new BranchEntry(kernel.tag(), build.architectures()));
        }
        plan.joins().forEach(this::entry);
        plan.skipped().forEach((kernel, architectures) -> entry(kernel).skip(architectures));
        plan.settled().forEach((kernel, ends) -> entry(kernel).settle(ends));
        plan.targets().forEach((kernel, targets) -> {
            Optional.ofNullable(kernels.get(tag(kernel))).ifPresent(entry -> entry.of(targets));
        });
        hadImages = plan.targets().values().stream()
                .anyMatch(targets -> targets.values().stream().anyMatch(MatrixTarget::isThere));
        openBranches = branches.size();
        unfinished.addAll(kernels.keySet());
        unfinished.removeIf(tag -> kernels.get(tag).isDone());
    }

    private KernelEntry entry(MatrixKernel kernel) {
        return kernels.computeIfAbsent(tag(kernel), tag -> new KernelEntry(tag, kernel, holdIncomplete));
    }

    /** Of a driver each flavour is a kernel of its own. */
    private static String tag(MatrixKernel kernel) {
        return kernel.kernel().toString();
    }

    /**
     * Notes that a branch, or the work in it, has started. The last time counts: how long its images took is measured from
     * there on, without the wait for an agent.
     *
     * @param branch its name
     * @param node where its log is; empty for none
     * @param agent that does the work; empty when unknown
     */
    public void branchStarted(String branch, String node, String agent) {
        BranchEntry entry = branches.get(branch);
        entry.started(node, agent, System.currentTimeMillis());
        kernels.get(entry.tag()).started(entry);
    }

    /** Notes where a branch failed: the node with the log of that. */
    public void branchFailedAt(String branch, String node) {
        branches.get(branch).failedAt(node);
    }

    /** Notes what a builder gave as the reason of its failure, in one line. It counts when the branch then fails. */
    public void branchSaid(String branch, String reason) {
        branches.get(branch).noteReason(reason);
    }

    /**
     * Notes what a compiler said. It counts when the branch then fails by what it ran; the first one counts.
     *
     * @param line its error, with file and line
     */
    public void branchDidNotCompile(String branch, String line) {
        branches.get(branch).noteCompileError(line);
    }

    /**
     * Notes what was found out of a driver's image. It counts when the branch then fails.
     *
     * @param reason one line
     */
    public void branchCameTo(String branch, Outcome outcome, String reason) {
        branches.get(branch).noteOutcome(outcome, reason);
    }

    /** Notes that a branch builds with another toolkit than the first, by digest. */
    public void branchTook(String branch, String toolkit) {
        BranchEntry entry = branches.get(branch);
        kernels.get(entry.tag()).took(entry, toolkit);
    }

    /** Gives how each image of a driver ended that a toolkit is known for. */
    public void outcomes(OutcomeTaker taker) {
        kernels.values().forEach(kernel -> kernel.outcomes(taker));
    }

    /**
     * Notes that a branch has ended.
     *
     * @param branch its name
     * @param failure why it failed, in one line; null when it ended well
     * @return the tag of its kernel, when that can be joined now
     */
    public Optional<String> branchEnded(String branch, String failure) {
        return ended(branch, (kernel, entry) -> kernel.ended(entry, failure));
    }

    /**
     * Notes that a branch was ended by an abort, or because another failed: its images have not failed, they are not
     * built.
     *
     * @param branch its name
     * @param why in one line
     * @return the tag of its kernel, when that can be joined now
     */
    public Optional<String> branchStopped(String branch, String why) {
        return ended(branch, (kernel, entry) -> kernel.stopped(entry, why));
    }

    private Optional<String> ended(String branch, BiConsumer<KernelEntry, BranchEntry> note) {
        BranchEntry entry = branches.get(branch);
        entry.ended(System.currentTimeMillis());
        openBranches--;
        KernelEntry kernel = kernels.get(entry.tag());
        note.accept(kernel, entry);
        finish(kernel);
        return Optional.of(kernel).filter(KernelEntry::isJoinable).map(KernelEntry::tag);
    }

    private void finish(KernelEntry kernel) {
        if (kernel.isDone()) {
            unfinished.remove(kernel.tag());
        }
    }

    /** The tags of the kernels whose branches have all ended and whose index is still to be published. */
    public List<String> joinable() {
        return kernels.values().stream()
                .filter(KernelEntry::isJoinable)
                .map(KernelEntry::tag)
                .toList();
    }

    /** The architectures a kernel's index should name. */
    public Collection<Architecture> architectures(String tag) {
        return kernels.get(tag).architectures();
    }

    /** Notes what joining came to. An image that was built, or was there before, and is not in the index has failed. */
    public void joined(String tag, JoinResult result) {
        kernels.get(tag).joined(result);
        finish(kernels.get(tag));
    }

    /** Notes that not every list of packages could be attached to the images of a kernel; its index is published. */
    public void attachFailed(String tag, String reason) {
        kernels.get(tag).attachFailed(reason);
    }

    /** Notes that the index of a kernel could not be published. */
    public void joinFailed(String tag, String reason) {
        kernels.get(tag).joinFailed(reason);
        finish(kernels.get(tag));
    }

    /** Notes that the index of a kernel could not be published, because its tag cannot be written twice. */
    public void joinRefused(String tag, String reason) {
        kernels.get(tag).joinRefused(reason);
        finish(kernels.get(tag));
    }

    /** Whether every branch has ended and every index that can be published is. */
    public boolean isDone() {
        return unfinished.isEmpty();
    }

    /** Whether every branch has ended; some indexes may still be open. */
    public boolean branchesDone() {
        return openBranches == 0;
    }

    /** How many images were built. */
    public long built() {
        return report().count(Status.BUILT);
    }

    /**
     * Whether anything came of the run: an image was built, or a kernel's images were joined. Of a driver that has images
     * already it is enough that all that failed is to blame on its source: in a preflight such news is what is wanted.
     */
    public boolean hasSucceeded() {
        return kernels.values().stream().anyMatch(KernelEntry::hasSucceeded)
                || hadImages && kernels.values().stream().noneMatch(KernelEntry::hasFailedByAccident);
    }

    /**
     * What failed, in one line: each reason once, the most frequent first, with what failed for it; then how many images
     * were not built because of that. Empty when nothing failed.
     */
    public Optional<String> failure() {
        return report().failure();
    }

    /** What cannot be changed and stays as it is, in one line, with the reason; empty when there is nothing. */
    public Optional<String> kept() {
        return report().kept();
    }

    /** What the step returns: plain maps, lists and strings. */
    public Map<String, Object> toMap() {
        return report().toMap(image);
    }

    private LedgerReport report() {
        return new LedgerReport(kernels.values());
    }
}
