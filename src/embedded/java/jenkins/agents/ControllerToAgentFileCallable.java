package jenkins.agents;

import hudson.FilePath;

/**
 * Work on a file of an agent, sent by the controller, never the other way round.
 *
 * @param <T> what it returns
 */
public interface ControllerToAgentFileCallable<T> extends FilePath.FileCallable<T> {}
