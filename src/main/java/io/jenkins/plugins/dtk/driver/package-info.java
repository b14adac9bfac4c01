/**
 * Drivers: images with kernel modules, and the kernels they are for. {@link io.jenkins.plugins.dtk.driver.PublishedFit} is
 * the entry: it answers which kernels the modules of a published image fit.
 *
 * <p>It exists because a Driver Toolkit is there to compile somebody's module, and what becomes of that is another kind of
 * image than a toolkit: with other tags, other targets (each flavour is one) and another proof.
 *
 * <p>Facade: {@link io.jenkins.plugins.dtk.driver.PublishedFit}. It joins {@code kmod}, which knows modules and no images, with {@code release} and {@code library}, which know images
 * and no modules.
 */
package io.jenkins.plugins.dtk.driver;
