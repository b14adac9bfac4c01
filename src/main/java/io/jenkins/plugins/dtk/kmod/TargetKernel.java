package io.jenkins.plugins.dtk.kmod;

import io.jenkins.plugins.dtk.kernel.Architecture;

/**
 * The kernel that modules shall fit.
 *
 * @param release exactly as {@code uname -r} prints it, with its flavour
 * @param architecture what it runs on
 * @param options the options of its modules' vermagic, such as {@code SMP preempt mod_unload modversions}; empty when
 *     they are not known, and then they are not compared
 * @param symbols what it exports, with the modules that come with it
 */
public record TargetKernel(String release, Architecture architecture, String options, Symvers symbols) {}
