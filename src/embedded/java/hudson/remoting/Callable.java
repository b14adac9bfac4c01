package hudson.remoting;

import java.io.Serializable;

/**
 * Work that may run on an agent.
 *
 * @param <V> what it returns
 * @param <T> what it may throw
 */
public interface Callable<V, T extends Throwable> extends Serializable {

    V call() throws T;
}
