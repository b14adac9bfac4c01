package io.jenkins.plugins.dtk.plan;

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
