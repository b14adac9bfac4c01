/**
 * Drivers: images with kernel modules, and the kernels they are for.
 *
 * <p>It exists because a Driver Toolkit is there to compile somebody's module, and what becomes of that is another kind of
 * image than a toolkit: with other tags, other targets (each flavour is one) and another proof.
 *
 * <p>Facade: {@link io.jenkins.plugins.dtk.driver.DriverLibrary} for the images in a repository, and
 * {@link io.jenkins.plugins.dtk.driver.PublishedFit} for the kernels that the modules of an image fit. It knows
 * {@code kmod}, which knows modules and no images, and {@code release} and {@code library}, which know images and no
 * modules.
 *
 * <pre>{@code
 * List<DriverImage> there = new DriverLibrary(client, repository).those(plan.images(catalog, flavours));
 * }</pre>
 */
package io.jenkins.plugins.dtk.driver;
