package io.jenkins.plugins.dtk.jenkins;

import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** Whether a branch failed by itself, or was ended by others. */
enum Interruption {
    /** It has failed. So has one whose own timeout is over: that is a failure of this image alone. */
    NONE,
    /** Another branch failed, and {@code failFast} is wanted. */
    FAIL_FAST,
    /** Whoever ends more than this branch: a user, a timeout or {@code parallel} around the step, a shutdown. */
    FROM_OUTSIDE;

    /**
     * @param failure null when there is none. An interruption that has passed the timeout it came from is no actual
     *     one any more: the step {@code timeout} says so in the exception
     */
    static Interruption of(Throwable failure) {
        if (failure instanceof FlowInterruptedException ended) {
            if (ended.getCauses().stream().anyMatch(FailFastCause.class::isInstance)) {
                return FAIL_FAST;
            }
            return ended.isActualInterruption() ? FROM_OUTSIDE : NONE;
        }
        return failure instanceof InterruptedException ? FROM_OUTSIDE : NONE;
    }
}
