package io.jenkins.plugins.dtk.jenkins;

import java.util.function.UnaryOperator;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.MissingContextVariableException;

/** Why a branch failed, in one line. */
final class FailureReason {

    private FailureReason() {}

    /**
     * The reason that a failure gives.
     *
     * @param hiding hides the secrets in a text: the reason is for the books and the log, outside of the branch's own filter
     */
    static String of(Throwable failure, UnaryOperator<String> hiding) {
        String message = message(failure);
        return message == null
                ? failure.getClass().getSimpleName()
                : hiding.apply(message).lines().findFirst().orElse("").strip();
    }

    private static String message(Throwable failure) {
        if (failure instanceof MissingContextVariableException) {
            return outOfPlace(failure.getMessage());
        }
        return failure instanceof FlowInterruptedException interruption
                        && !interruption.getCauses().isEmpty()
                ? interruption.getCauses().get(0).getShortDescription()
                : failure.getMessage();
    }

    /** What Jenkins says of a step out of place: a Java class that is missing, and in a second line what to do. */
    private static String outOfPlace(String message) {
        return message.lines().skip(1).findFirst().orElse("a step stands where it cannot work");
    }
}
