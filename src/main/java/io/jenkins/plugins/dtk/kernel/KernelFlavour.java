package io.jenkins.plugins.dtk.kernel;

import java.util.Optional;

/** The kinds of kernel that RHEL CoreOS ships. */
public enum KernelFlavour {
    STANDARD(""),
    /** Real time, x86_64 only. Since RHEL 9.3 of the same NVR as the standard kernel, told apart by {@code +rt}. */
    RT("+rt"),
    /** 64 KiB pages, aarch64 only. */
    PAGES_64K("+64k");

    private final String suffix;

    KernelFlavour(String suffix) {
        this.suffix = suffix;
    }

    /** What {@code uname -r} appends. */
    public String suffix() {
        return suffix;
    }

    static Optional<KernelFlavour> ofSuffix(String suffix) {
        if (suffix == null) {
            return Optional.of(STANDARD);
        }
        return switch (suffix) {
            case "rt" -> Optional.of(RT);
            case "64k" -> Optional.of(PAGES_64K);
            default -> Optional.empty();
        };
    }
}
