package io.jenkins.plugins.dtk.build;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.library.JoinResult;
import io.jenkins.plugins.dtk.matrix.MatrixKernel;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Keeps the books of one run: which branches have ended and how, which kernels are joined, what is left to do. It is
 * stored with the build and so survives a restart of the controller. Not safe for threads: its owner locks.
 */
public final class BuildLedger implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String image;
    private final LinkedHashMap<String, KernelEntry> kernels = new LinkedHashMap<>();
    private final LinkedHashMap<String, String> kernelOfBranch = new LinkedHashMap<>();

    /** Opens the books for a plan. */
    public BuildLedger(String image, BuildPlan plan) {
        this.image = image;
        for (ImageBuild build : plan.builds()) {
            entry(build.kernel()).expect(build.architecture());
            kernelOfBranch.put(build.name(), build.kernel().kernel().tag());
        }
        plan.joins().forEach(this::entry);
    }

    private KernelEntry entry(MatrixKernel kernel) {
        return kernels.computeIfAbsent(kernel.kernel().tag(), tag -> new KernelEntry(kernel));
    }

    /**
     * Notes that a branch has ended.
     *
     * @param branch its name
     * @param failure why it failed, in one line; null when it ended well
     */
    public void branchEnded(String branch, String failure) {
        kernels.get(kernelOfBranch.get(branch)).ended(branch, failure);
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
    }

    /** Notes that the index of a kernel could not be published. */
    public void joinFailed(String tag, String reason) {
        kernels.get(tag).joinFailed(reason);
    }

    /** Whether every branch has ended and every index that can be published is. */
    public boolean isDone() {
        return kernels.values().stream().allMatch(KernelEntry::isDone);
    }

    /** Whether every branch has ended; some indexes may still be open. */
    public boolean branchesDone() {
        return kernels.values().stream().allMatch(KernelEntry::branchesDone);
    }

    /** How many images were built. */
    public long built() {
        return kernels.values().stream().mapToLong(KernelEntry::built).sum();
    }

    /** What failed, in one line; empty when nothing did. */
    public Optional<String> failure() {
        List<String> failures = new ArrayList<>();
        kernels.values().forEach(kernel -> kernel.addFailures(failures));
        if (failures.isEmpty()) {
            return Optional.empty();
        }
        int shown = 5;
        String more = failures.size() > shown ? "; and " + (failures.size() - shown) + " more" : "";
        return Optional.of(failures.stream().limit(shown).collect(Collectors.joining("; ")) + more);
    }

    /** What the step returns: plain maps, lists and strings. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("image", image);
        map.put("built", (int) built());
        map.put("failed", (int)
                kernels.values().stream().mapToLong(KernelEntry::failed).sum());
        map.put(
                "kernels",
                kernels.values().stream().map(KernelEntry::toMap).collect(Collectors.toCollection(ArrayList::new)));
        return map;
    }
}
