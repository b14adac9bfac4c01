/**
 * What OpenShift ships: ranges of releases, the update graph, release tags, payloads, node OS images and the Driver
 * Toolkit images in them, with the cache of facts that never change.
 *
 * <p>Facade: {@link io.jenkins.plugins.dtk.release.Releases}. It knows {@code registry}, {@code http} and the values.
 *
 * <pre>{@code
 * for (Release release : releases.find(range, architectures, "candidate", Discovery.GRAPH)) {
 *     List<NodeOs> nodes = releases.nodeOs(release);
 * }
 * }</pre>
 */
package io.jenkins.plugins.dtk.release;
