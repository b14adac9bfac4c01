package io.jenkins.plugins.dtk.plan;

import io.jenkins.plugins.dtk.driver.MatrixTarget;
import io.jenkins.plugins.dtk.driver.Outcome;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.matrix.MatrixKernel;
import io.jenkins.plugins.dtk.oci.ImageReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is to be done for a matrix: the images to build, each with the variables of its branch, and the kernels whose
 * images are all there and only have to be joined. Pure: nothing is read.
 *
 * @param builds what each branch builds, in the matrix' order
 * @param joins the kernels that are only joined
 * @param skipped the images that are left for another run, because of the limit
 * @param targets of a driver, all its images; empty for a library of toolkits
 * @param settled the images of a driver for which nothing is run, and what became of them
 */
public record BuildPlan(
        List<ImageBuild> builds,
        List<MatrixKernel> joins,
        Map<MatrixKernel, List<Architecture>> skipped,
        Map<MatrixKernel, Map<Architecture, MatrixTarget>> targets,
        Map<MatrixKernel, Map<Architecture, Settled>> settled) {

    /**
     * What is known of an image of a driver before anything is run.
     *
     * @param known whether it is a failure that was known before
     * @param why in one line
     * @param log where the log is of the build that found out what is known; else empty
     * @param toolkit that what is known was found with; else empty
     */
    public record Settled(Outcome outcome, boolean known, String why, String log, String toolkit) {

        /** What no build has found out. */
        Settled(Outcome outcome, String why) {
            this(outcome, false, why, "", "");
        }
    }

    /** Makes the collections unmodifiable. */
    public BuildPlan {
        builds = List.copyOf(builds);
        joins = List.copyOf(joins);
        skipped = Collections.unmodifiableMap(new LinkedHashMap<>(skipped));
        targets = Collections.unmodifiableMap(new LinkedHashMap<>(targets));
        settled = Collections.unmodifiableMap(new LinkedHashMap<>(settled));
    }

    /** A plan without a limit. */
    public BuildPlan(List<ImageBuild> builds, List<MatrixKernel> joins) {
        this(builds, joins, Map.of(), Map.of(), Map.of());
    }

    /** Plans what a matrix lacks, each image in a branch of its own. */
    public static BuildPlan of(KernelMatrix matrix, ImageReference image, Places places) {
        return of(matrix, image, places, BuildChoice.MISSING);
    }

    /**
     * Plans what is built of a matrix.
     *
     * @param matrix the matrix, compared with the library
     * @param image the library's repository, as the user names it
     * @param places says where images really are
     * @param choice what is built, how much of it, and in which branches
     * @throws IllegalArgumentException when the matrix was not compared with a library, holds a kernel twice or one
     *     without a base image; one line
     */
    public static BuildPlan of(KernelMatrix matrix, ImageReference image, Places places, BuildChoice choice) {
        Map<MatrixKernel, List<Architecture>> wanted = new LinkedHashMap<>();
        Set<String> tags = new HashSet<>();
        for (MatrixKernel kernel : matrix.kernels()) {
            if (!tags.add(kernel.kernel().tag())) {
                throw new IllegalArgumentException(
                        "the matrix holds kernel " + kernel.kernel().nvr() + " twice");
            }
            wanted.put(kernel, wanted(kernel, image, choice));
        }
        Map<MatrixKernel, List<Architecture>> skipped = choice.limit() == 0 ? Map.of() : cut(wanted, choice.limit());
        BranchVariables variables = new BranchVariables(image, places);
        List<ImageBuild> builds = new ArrayList<>();
        List<MatrixKernel> joins = new ArrayList<>();
        wanted.forEach((kernel, architectures) -> {
            if (!architectures.isEmpty()) {
                builds.addAll(branches(kernel, architectures, variables, choice.emulate()));
            } else if (!kernel.unjoined().isEmpty()) {
                joins.add(kernel);
            }
        });
        return new BuildPlan(builds, joins, skipped, Map.of(), Map.of());
    }

    private static List<Architecture> wanted(MatrixKernel kernel, ImageReference image, BuildChoice choice) {
        String nvr = kernel.kernel().nvr();
        if (kernel.library().isEmpty()) {
            throw new IllegalArgumentException("the matrix does not say what the library lacks of kernel " + nvr
                    + ": compute it with dtkMatrix(image: '" + image.name() + "', ...)");
        }
        if (choice.rebuild() == Rebuild.STALE && kernel.base().digest().isEmpty()) {
            throw new IllegalArgumentException("the matrix names no 'baseDigest' for kernel " + nvr
                    + ", so what is stale is unknown: compute it with dtkMatrix(image: '" + image.name()
                    + "', ...)");
        }
        List<Architecture> wanted = new ArrayList<>(choice.rebuild().of(kernel));
        if (kernel.base().name().isEmpty() && !wanted.isEmpty()) {
            throw new IllegalArgumentException("the matrix names no 'baseImage' for kernel " + nvr);
        }
        return wanted;
    }

    /** Takes out of {@code wanted} what is beyond the limit, and returns it. */
    static Map<MatrixKernel, List<Architecture>> cut(Map<MatrixKernel, List<Architecture>> wanted, int limit) {
        List<MatrixKernel> newestFirst = new ArrayList<>(wanted.keySet());
        newestFirst.sort(Comparator.comparing(MatrixKernel::kernel).reversed());
        Map<MatrixKernel, List<Architecture>> skipped = new HashMap<>();
        int left = limit;
        for (MatrixKernel kernel : newestFirst) {
            List<Architecture> all = wanted.get(kernel);
            int taken = Math.min(left, all.size());
            left -= taken;
            if (taken < all.size()) {
                skipped.put(kernel, List.copyOf(all.subList(taken, all.size())));
                all.subList(taken, all.size()).clear();
            }
        }
        Map<MatrixKernel, List<Architecture>> inOrder = new LinkedHashMap<>();
        wanted.keySet().stream().filter(skipped::containsKey).forEach(k -> inOrder.put(k, skipped.get(k)));
        return inOrder;
    }

    private static List<ImageBuild> branches(
            MatrixKernel kernel, List<Architecture> architectures, BranchVariables variables, boolean emulate) {
        if (emulate) {
            return List.of(
                    new ImageBuild(kernel.kernel().nvr(), kernel, architectures, variables.of(kernel, architectures)));
        }
        return architectures.stream()
                .map(architecture -> new ImageBuild(
                        kernel.kernel().full(architecture),
                        kernel,
                        List.of(architecture),
                        variables.of(kernel, List.of(architecture))))
                .toList();
    }

    /** Whether it is about the images of a driver. */
    public boolean isOfDriver() {
        return !targets.isEmpty();
    }

    /** How many images are built. */
    public int images() {
        return builds.stream().mapToInt(build -> build.architectures().size()).sum();
    }

    /** How many images are left for another run. */
    public int skippedImages() {
        return skipped.values().stream().mapToInt(List::size).sum();
    }

    /** How many images of a driver there is nothing to run for, by outcome, in words after a comma; else empty. */
    public String settledText() {
        Map<String, Integer> counts = new TreeMap<>();
        settled.values().forEach(ends -> ends.values()
                .forEach(
                        end -> counts.merge(end.outcome().words() + (end.known() ? " (known)" : ""), 1, Integer::sum)));
        StringBuilder text = new StringBuilder();
        counts.forEach(
                (words, count) -> text.append(", ").append(words).append(' ').append(count));
        return text.toString();
    }

    /**
     * What one branch builds: one image of a kernel, or all of its images one after the other.
     *
     * @param name the branch's name in the log: what {@code uname -r} prints on the node, or for several architectures the
     *     kernel without one
     * @param kernel the kernel
     * @param architectures the architectures
     * @param variables the environment of the branch, without secrets
     */
    public record ImageBuild(
            String name, MatrixKernel kernel, List<Architecture> architectures, Map<String, String> variables) {}

    /**
     * What of a matrix is built in one run, and how it is spread over branches.
     *
     * @param rebuild which images are built in addition to the missing ones
     * @param limit how many images are built at most, those of the newest kernels first; 0: no limit
     * @param emulate whether one branch builds all architectures of a kernel, one after the other
     */
    public record BuildChoice(Rebuild rebuild, int limit, boolean emulate) {

        /** All that is missing, each image in a branch of its own. */
        public static final BuildChoice MISSING = new BuildChoice(Rebuild.MISSING, 0, false);

        /**
         * Checks the limit.
         *
         * @throws IllegalArgumentException when the limit is negative; one line
         */
        public BuildChoice {
            if (limit < 0) {
                throw new IllegalArgumentException(
                        "'limit' is " + limit + "; it is the most images to build in one run, or 0 for all");
            }
        }
    }
}
