package hudson.model.listeners;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Run;

/**
 * Learns what becomes of runs.
 *
 * @param <R> the runs that it learns of
 */
@SuppressWarnings("rawtypes") // as Jenkins declares it
public abstract class RunListener<R extends Run> implements ExtensionPoint {

    protected RunListener() {}

    /** A run is over, and its log is closed. */
    public void onFinalized(R run) {}

    /** A run is about to be deleted; never here, where runs live as long as the process. */
    public void onDeleted(R run) {}

    /** Notifies all of them that a run is over. */
    @SuppressWarnings("unchecked") // as Jenkins calls them
    public static void fireFinalized(Run run) {
        for (RunListener listener : all()) {
            listener.onFinalized(run);
        }
    }

    public static ExtensionList<RunListener> all() {
        return ExtensionList.lookup(RunListener.class);
    }
}
