package io.jenkins.plugins.dtk.embedded;

import groovy.lang.MissingMethodException;
import groovy.lang.MissingPropertyException;
import hudson.AbortException;
import hudson.model.Result;
import hudson.model.TaskListener;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.codehaus.groovy.runtime.StackTraceUtils;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.MissingContextVariableException;

/** How failures are reported: what a user or the machine is at fault for in one line, a bug with its stack trace. */
final class Failures {

    private Failures() {}

    /** What a branch really failed with: for a thread that was interrupted, why it was. */
    static Throwable causeOf(Throwable failure, PipelineThread branch) {
        boolean interrupted = failure instanceof InterruptedException && !(failure instanceof FlowInterruptedException)
                || failure instanceof ClosedByInterruptException;
        return interrupted ? branch.takeCause() : failure;
    }

    /**
     * A mistake in the script as an error of one line. Groovy would call a block again whose call fails with its own
     * exception for a missing method, so that may not leave a step.
     */
    static Throwable ofScript(Throwable failure, String scriptName) {
        String message;
        if (failure instanceof MissingMethodException missing) {
            message = "there is no method " + missing.getMethod() + " for these arguments of "
                    + missing.getType().getSimpleName();
        } else if (failure instanceof MissingPropertyException missing) {
            message = "there is no variable or property '" + missing.getProperty() + "'";
        } else {
            return failure;
        }
        AbortException mistake = new AbortException(place(failure, scriptName) + ": " + message);
        mistake.initCause(failure);
        return mistake;
    }

    private static String place(Throwable failure, String scriptName) {
        for (StackTraceElement frame : failure.getStackTrace()) {
            if (scriptName.equals(frame.getFileName()) && frame.getLineNumber() > 0) {
                return scriptName + ':' + frame.getLineNumber();
            }
        }
        return scriptName;
    }

    /** Reports a failure; returns the result that it gives the run. */
    static Result report(Throwable failure, LocalRun run, TaskListener listener) {
        if (failure instanceof FlowInterruptedException interruption) {
            interruption.handle(run, listener);
            return interruption.getResult();
        }
        if (failure instanceof IOException || failure instanceof MissingContextVariableException) {
            listener.error(message(failure));
        } else {
            StackTraceUtils.deepSanitize(failure).printStackTrace(listener.getLogger());
        }
        return Result.FAILURE;
    }

    /** Of files, Java says only the name where the reason is a common one. */
    private static String message(Throwable failure) {
        if (failure instanceof NoSuchFileException missing) {
            return missing.getFile() + ": no such file or folder";
        }
        if (failure instanceof AccessDeniedException denied) {
            return denied.getFile() + ": permission denied";
        }
        return String.valueOf(failure.getMessage());
    }

    /** Whether a step that would go on after a failure must not: the run is being ended, or the JVM is in trouble. */
    static boolean endsTheRun(Throwable failure, LocalRun run) {
        return failure instanceof Error && !(failure instanceof AssertionError)
                || failure instanceof InterruptedException && run.isInterrupted();
    }
}
