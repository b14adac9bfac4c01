package jenkins.model;

import hudson.model.TaskListener;
import java.io.Serializable;

/** Why a run, or a part of it, was ended. */
public abstract class CauseOfInterruption implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The reason, for people. */
    public abstract String getShortDescription();

    /** Writes the reason to a log. */
    public void print(TaskListener listener) {
        listener.getLogger().println(getShortDescription());
    }
}
