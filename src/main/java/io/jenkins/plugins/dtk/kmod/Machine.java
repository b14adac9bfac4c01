package io.jenkins.plugins.dtk.kmod;

import io.jenkins.plugins.dtk.kernel.Architecture;
import java.util.Optional;

/** The machines that ELF numbers (e_machine). */
final class Machine {

    static final int PPC64 = 21;
    static final int S390 = 22;
    private static final int X86_64 = 62;
    private static final int AARCH64 = 183;

    private Machine() {}

    /** The architecture that OpenShift ships for; empty for any other machine. */
    static Optional<Architecture> architecture(Elf elf) {
        if (!elf.isWide()) {
            return Optional.empty();
        }
        return switch (elf.machine()) {
            case X86_64 -> Optional.of(Architecture.X86_64);
            case AARCH64 -> Optional.of(Architecture.AARCH64);
            case PPC64 -> Optional.of(Architecture.PPC64LE);
            case S390 -> Optional.of(Architecture.S390X);
            default -> Optional.empty();
        };
    }
}
