package jenkins.agents;

import hudson.remoting.Callable;

/**
 * Work that the controller sends to an agent, never the other way round.
 *
 * @param <V> what it returns
 * @param <T> what it may throw
 */
public interface ControllerToAgentCallable<V, T extends Throwable> extends Callable<V, T> {}
