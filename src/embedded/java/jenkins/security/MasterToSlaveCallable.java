package jenkins.security;

import jenkins.agents.ControllerToAgentCallable;

/**
 * Work for an agent, for {@link hudson.FilePath#act(hudson.remoting.Callable)}.
 *
 * @param <V> what it returns
 * @param <T> what it may throw
 */
public abstract class MasterToSlaveCallable<V, T extends Throwable> implements ControllerToAgentCallable<V, T> {

    private static final long serialVersionUID = 1L;
}
