package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Says once in each build what of the saved mirrors cannot be followed: who runs it may not see the form. */
final class MirrorNotes {

    private static final Set<Run<?, ?>> SAID = Collections.newSetFromMap(new WeakHashMap<>());

    private MirrorNotes() {}

    /**
     * Writes them to the log of the build that a step is in, unless that was done before.
     *
     * @throws AbortException when what is saved is malformed; one line
     */
    static void log(StepContext context) throws IOException, InterruptedException {
        Run<?, ?> run = context.get(Run.class);
        synchronized (SAID) {
            if (!SAID.add(run)) {
                return;
            }
        }
        for (String note : DtkConfiguration.saved().mirrorNotes()) {
            context.get(TaskListener.class).getLogger().println("dtk: warning: registry mirrors: " + note);
        }
    }
}
