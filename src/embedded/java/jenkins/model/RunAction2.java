package jenkins.model;

import hudson.model.Action;
import hudson.model.Run;

/** An action of a run that wants to know the run. */
public interface RunAction2 extends Action {

    /** It was added to a run. */
    void onAttached(Run<?, ?> run);

    /** Its run was read back from disk; never here, where nothing is kept. */
    void onLoad(Run<?, ?> run);
}
