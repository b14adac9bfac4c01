package io.jenkins.plugins.dtk.kernel;

import io.jenkins.plugins.dtk.text.Quote;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The kinds of kernel that RHEL CoreOS ships: real time for x86_64 alone, 64 KiB pages for aarch64 alone (openshift/os
 * extensions/rhel-9.8.yaml and extensions/rhel-10.2.yaml).
 */
public enum KernelFlavour {
    STANDARD("", null),
    /** Real time. Since RHEL 9.3 of the same NVR as the standard kernel, distinguished by {@code +rt}. */
    RT("+rt", Architecture.X86_64),
    /** 64 KiB pages. */
    PAGES_64K("+64k", Architecture.AARCH64);

    private final String suffix;

    /** Null for all. */
    private final Architecture only;

    KernelFlavour(String suffix, Architecture only) {
        this.suffix = suffix;
        this.only = only;
    }

    /** What {@code uname -r} appends. */
    public String suffix() {
        return suffix;
    }

    /** The only architecture that it is shipped for; empty for all. */
    public Optional<Architecture> architecture() {
        return Optional.ofNullable(only);
    }

    /** What users write: {@code standard}, {@code rt}, {@code 64k}. */
    public String word() {
        return suffix.isEmpty() ? "standard" : suffix.substring(1);
    }

    /**
     * Reads what users write.
     *
     * @throws IllegalArgumentException when it is no flavour that RHEL CoreOS ships; one line
     */
    public static KernelFlavour parse(String word) {
        return Arrays.stream(values())
                .filter(flavour -> flavour.word().equals(word.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "not a flavour of kernels: " + Quote.of(word) + " (use one of standard, rt, 64k)"));
    }

    /**
     * The flavour that a name says. RHEL's kernel.spec joins the words behind the {@code +} by {@code -}, its RPM names
     * by {@code _}.
     *
     * @param suffix what stands behind the {@code +}; null for none
     * @param realTimeRelease whether the release says real time already, as before RHEL 9.3
     * @param architecture null when the name has none
     * @throws IllegalArgumentException with the reason when RHEL CoreOS ships no such kernel
     */
    static KernelFlavour of(String suffix, boolean realTimeRelease, Architecture architecture) {
        Set<String> words = new TreeSet<>(suffix == null ? Set.of() : Arrays.asList(suffix.split("[-_]", -1)));
        String named = "+" + suffix + " is not a kernel that RHEL CoreOS ships: ";
        if (words.contains("")) {
            throw new IllegalArgumentException(
                    suffix.isEmpty()
                            ? "the + at its end marks a kernel that somebody built from changed source"
                            : "+" + suffix + " is not a kernel that RHEL CoreOS ships");
        }
        if (words.contains("debug")) {
            throw new IllegalArgumentException(named + "it is a debug kernel; drivers are built for the one without");
        }
        if (realTimeRelease) {
            words.add("rt");
        }
        if (words.equals(Set.of("rt", "64k"))) {
            throw new IllegalArgumentException(
                    named + "it is a real-time kernel with 64 KiB pages, and real-time kernels are for x86_64 only");
        }
        KernelFlavour flavour = words.isEmpty()
                ? STANDARD
                : words.equals(Set.of("rt")) ? RT : words.equals(Set.of("64k")) ? PAGES_64K : null;
        if (flavour == null) {
            throw new IllegalArgumentException("+" + suffix + " is not a kernel that RHEL CoreOS ships");
        }
        if (flavour.only != null && architecture != null && architecture != flavour.only) {
            throw new IllegalArgumentException("RHEL CoreOS ships "
                    + (flavour == RT ? "real-time kernels" : "kernels with 64 KiB pages") + " for "
                    + flavour.only.rpmName() + " only, not for " + architecture.rpmName());
        }
        return flavour;
    }
}
