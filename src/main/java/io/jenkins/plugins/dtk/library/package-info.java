/**
 * A library of Driver Toolkit images in one repository: what exists, what is missing or stale, joining architectures
 * into an index, attached lists of packages, audit, pruning.
 *
 * <p>Facade: {@link io.jenkins.plugins.dtk.library.ImageLibrary}. It knows {@code matrix} and {@code registry}.
 *
 * <pre>{@code
 * ImageLibrary library = new ImageLibrary(client, ImageReference.parse("quay.io/acme/driver-toolkit"));
 * JoinResult joined = library.join("5.14.0-427.61.1.el9_4", architectures);
 * }</pre>
 */
package io.jenkins.plugins.dtk.library;
