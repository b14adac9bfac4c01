package jenkins;

import hudson.FilePath;

/**
 * Work on a file that a controller sends to an agent, never the other way.
 *
 * @param <T> what it returns
 */
public abstract class MasterToSlaveFileCallable<T> implements FilePath.FileCallable<T> {

    private static final long serialVersionUID = 1L;
}
