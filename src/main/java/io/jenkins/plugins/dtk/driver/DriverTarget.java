package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelFlavour;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import java.util.Comparator;

/**
 * A kernel as nodes run it: what a driver is compiled for. Each flavour is a target of its own.
 *
 * @param standard the standard kernel of the same source, without architecture: what toolkits are named by
 * @param kernel the kernel itself, without architecture; before RHEL 9.3 a real-time kernel has a version of its own
 * @param architecture what it runs on
 * @param flavour which of the kernels of that source
 */
public record DriverTarget(
        KernelVersion standard, KernelVersion kernel, Architecture architecture, KernelFlavour flavour)
        implements Comparable<DriverTarget> {

    private static final Comparator<DriverTarget> ORDER = Comparator.comparing(DriverTarget::standard)
            .thenComparing(DriverTarget::architecture)
            .thenComparing(DriverTarget::flavour);

    /** Exactly what {@code uname -r} prints there. */
    public String uname() {
        return KernelVersion.parse(kernel.full(architecture)).flavour() == flavour
                ? kernel.full(architecture)
                : kernel.full(architecture) + flavour.suffix();
    }

    @Override
    public int compareTo(DriverTarget other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return uname();
    }
}
