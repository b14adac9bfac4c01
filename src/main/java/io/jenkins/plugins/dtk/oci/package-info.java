/**
 * Values of the OCI specifications: image references, digests, platforms, descriptors, manifests, indexes, configs. Each
 * is validated where it is read, so that what has one of these types is well-formed. No I/O.
 *
 * <p>Facade: {@link io.jenkins.plugins.dtk.oci.ImageReference} and {@link io.jenkins.plugins.dtk.oci.Manifest}. It knows
 * {@code failure}, {@code json}, {@code kernel} and {@code text}.
 *
 * <pre>{@code
 * ImageReference image = ImageReference.parse("quay.io/acme/driver-toolkit:5.14.0-427.61.1.el9_4");
 * }</pre>
 */
package io.jenkins.plugins.dtk.oci;
