package jenkins;

import jenkins.agents.ControllerToAgentFileCallable;

/**
 * Work on a file of an agent, for {@link hudson.FilePath#act(hudson.FilePath.FileCallable)}.
 *
 * @param <T> what it returns
 */
public abstract class MasterToSlaveFileCallable<T> implements ControllerToAgentFileCallable<T> {

    private static final long serialVersionUID = 1L;
}
