package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.kernel.KernelVersion;

/**
 * A kernel that no wanted release seems to ship, and whose images stay all the same.
 *
 * @param kernel the kernel
 * @param why what is not proven, in one line
 */
public record KeptKernel(KernelVersion kernel, String why) {}
