/**
 * Runs a scripted pipeline in one process, so that the plugin's steps run in tests and on a laptop without Jenkins. What
 * the steps are compiled against stands beside it, under Jenkins' own names: the part of its API that they use. A test
 * compares each member with the recorded real ones, another one fails for a member that nothing uses.
 *
 * <p>Facade: {@link io.jenkins.plugins.dtk.embedded.EmbeddedEngine}. It knows Jenkins' API and {@code text}; nothing of
 * images or releases. It gets no feature that the plugin's pipelines do not need.
 * CONTRIBUTING.md says what each thousand of its lines buys.
 *
 * <pre>{@code
 * RunOutcome outcome = EmbeddedEngine.of(Path.of("Jenkinsfile")).credential("token", "secret").run();
 * }</pre>
 */
package io.jenkins.plugins.dtk.embedded;
