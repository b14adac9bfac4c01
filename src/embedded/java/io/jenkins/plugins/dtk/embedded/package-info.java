/**
 * Runs a scripted pipeline in one process, so that the plugin's steps run in tests and on a laptop without Jenkins. What
 * the steps are compiled against stands beside it, under Jenkins' own names: the part of its API that they use. A test
 * compares each member with the recorded real ones, another one fails for a member that nothing uses.
 *
 * <p>Facade: {@link io.jenkins.plugins.dtk.embedded.EmbeddedEngine}. It knows Jenkins' API and {@code text}; nothing of
 * images or releases. It gets no feature that the plugin's pipelines do not need. What its eight thousand lines buy:
 *
 * <ul>
 *   <li>3,800, the API: what the plugin imports, with the behaviour that a run shows. Half of it is runs, items, agents,
 *       forms and validation ({@code hudson}), a third steps and their contexts ({@code org.jenkinsci}), the rest
 *       credentials. Without it the default build would need Jenkins' own repository.
 *   <li>1,300, the steps of a pipeline: {@code node}, {@code parallel}, {@code sh}, {@code withCredentials} and others.
 *   <li>1,300, the run: branches as threads, blocks, contexts, interruption, the log by branch, results.
 *   <li>900, calls: Groovy to steps and back, with messages that name the step, the parameter and the likely meaning.
 *   <li>700, the agent: labels, executors, credentials, masking, and {@link io.jenkins.plugins.dtk.embedded.LocalShell},
 *       which {@code sh} and {@code dtkImage} share.
 * </ul>
 *
 * <pre>{@code
 * RunOutcome outcome = EmbeddedEngine.of(Path.of("Jenkinsfile")).credential("token", "secret").run();
 * }</pre>
 */
package io.jenkins.plugins.dtk.embedded;
