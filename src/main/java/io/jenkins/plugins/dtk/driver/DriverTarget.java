package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelFlavour;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.text.Quote;
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

    /**
     * Reads what {@code uname -r} prints.
     *
     * @throws IllegalArgumentException when it is no kernel, or names no architecture; one line
     */
    public static DriverTarget parse(String uname) {
        KernelVersion version = KernelVersion.parse(uname);
        Architecture architecture = version.architecture()
                .orElseThrow(() -> new IllegalArgumentException(
                        "not a kernel as 'uname -r' prints it: " + Quote.of(uname) + " (it names no architecture)"));
        return new DriverTarget(version.standard(), version.withoutArchitecture(), architecture, version.flavour());
    }

    /** The same kernel on any architecture: with its flavour, where its version does not show that. */
    public KernelVersion flavoured() {
        KernelVersion plain = KernelVersion.parse(kernel.nvr());
        return plain.flavour() == flavour ? plain : KernelVersion.parse(kernel.nvr() + flavour.suffix());
    }

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
