/**
 * The client of OCI registries: logins, tokens, manifests, blobs, tags, referrers, mirrors. "Not there" is an answer of
 * its own, and never what a registry that did not answer is taken for.
 *
 * <p>Facade: {@link io.jenkins.plugins.dtk.registry.RegistryClient}. It knows {@code http} and {@code oci}.
 *
 * <pre>{@code
 * RegistryClient client = RegistryClient.builder().credentials(credentials).build();
 * Optional<Manifest> manifest = client.findManifest(ImageReference.parse("quay.io/acme/driver-toolkit:latest"));
 * }</pre>
 */
package io.jenkins.plugins.dtk.registry;
