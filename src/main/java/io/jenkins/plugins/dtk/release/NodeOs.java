package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.kernel.RhelVersion;
import io.jenkins.plugins.dtk.kernel.Stream;
import java.util.Optional;

/**
 * What a node of one release runs: read from the node OS image that the payload names, never guessed.
 *
 * @param architecture the node's architecture
 * @param stream the line of the operating system
 * @param build the RHEL CoreOS build, such as {@code 9.6.20250715-0}; empty when neither payload nor image says
 * @param rhel the RHEL release the kernel is built for
 * @param kernel the standard kernel, without architecture
 * @param kernelRt the real-time kernel, where the build has one
 * @param kernel64k the kernel with 64 KiB pages, where the build has one
 */
public record NodeOs(
        Architecture architecture,
        Stream stream,
        String build,
        RhelVersion rhel,
        KernelVersion kernel,
        Optional<KernelVersion> kernelRt,
        Optional<KernelVersion> kernel64k) {}
