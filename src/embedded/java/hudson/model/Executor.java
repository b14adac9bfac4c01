package hudson.model;

import java.util.Collection;
import java.util.List;
import jenkins.model.CauseOfInterruption;

/** What runs a build. The embedded engine has none: it ends a build by interrupting its thread. */
public class Executor extends Thread {

    private Executor() {}

    /** Why the build is to end; empty while it is not. */
    public Collection<CauseOfInterruption> getCausesOfInterruption() {
        return List.of();
    }
}
