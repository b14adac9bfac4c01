package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.kernel.KernelVersion;
import java.util.Optional;

/**
 * What a Driver Toolkit image says of itself.
 *
 * @param kernel the kernel whose packages are in it, without architecture
 * @param kernelRt the real-time kernel, where it holds one
 * @param rhel the RHEL release as it is written, such as {@code 9.4}; empty when it does not say
 */
public record DriverToolkit(KernelVersion kernel, Optional<KernelVersion> kernelRt, String rhel) {}
