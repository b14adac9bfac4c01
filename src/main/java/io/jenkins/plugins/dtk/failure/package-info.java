/**
 * The one failure. A caller sees why something failed (the kind), what was attempted, the reason and what to do, from
 * the socket to the exit code, the step's message and the page, without unpacking exceptions of several packages.
 *
 * <p>Facade: {@link io.jenkins.plugins.dtk.failure.Failure}; {@link io.jenkins.plugins.dtk.failure.ErrorContext} adds
 * the action and the part to it, {@link io.jenkins.plugins.dtk.failure.ParallelTasks} runs many things that fail as one.
 * It knows no other package.
 *
 * <pre>{@code
 * Manifest manifest = ErrorContext.during("read the manifest of " + image, () -> manifests.find(image));
 * }</pre>
 */
package io.jenkins.plugins.dtk.failure;
