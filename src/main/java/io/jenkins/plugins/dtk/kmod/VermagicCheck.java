package io.jenkins.plugins.dtk.kmod;

import io.jenkins.plugins.dtk.kmod.FitCheck.Misfit;
import io.jenkins.plugins.dtk.kmod.FitCheck.Misfit.Kind;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether a module was built for a kernel: the machine, the version with its flavour, the options. */
final class VermagicCheck {

    /** A real-time kernel before RHEL 9.3 has a version of its own. */
    private static final Pattern OLD_REAL_TIME = Pattern.compile("\\.rt\\d+\\.");

    private final FitCheck.TargetKernel kernel;
    private final FitMode mode;

    VermagicCheck(FitCheck.TargetKernel kernel, FitMode mode) {
        this.kernel = kernel;
        this.mode = mode;
    }

    Optional<Misfit> check(KernelModule module) {
        if (module.architecture().filter(kernel.architecture()::equals).isEmpty()) {
            String runs = module.architecture().map(Object::toString).orElse("another machine");
            return misfit(module, Kind.ARCHITECTURE, "it runs on " + runs + ", not on " + kernel.architecture());
        }
        if (module.vermagic().isEmpty()) {
            return misfit(module, Kind.KERNEL, "it does not say for which kernel it was built");
        }
        String built = "it was built for kernel " + module.kernel() + ", not for " + kernel.release();
        if (!flavour(module.kernel()).equals(flavour(kernel.release()))) {
            return misfit(module, Kind.FLAVOUR, built + ": another flavour");
        }
        boolean sameKernel = module.kernel().equals(kernel.release());
        if (!sameKernel && mode == FitMode.KERNEL) {
            return misfit(module, Kind.KERNEL, built);
        }
        if (!sameKernel && !kernel.symbols().hasChecksums()) {
            return misfit(module, Kind.KERNEL, built + ", which has no checksums and so takes no other");
        }
        if (!kernel.options().isEmpty() && !kernel.options().equals(module.kernelOptions())) {
            return misfit(
                    module,
                    Kind.FLAVOUR,
                    "it was built for a kernel with the options '" + module.kernelOptions() + "', not '"
                            + kernel.options() + "'");
        }
        return Optional.empty();
    }

    /** What distinguishes the flavours of one kernel: the text behind the plus, or the mark of a real-time kernel. */
    private static String flavour(String release) {
        int plus = release.indexOf('+');
        return OLD_REAL_TIME.matcher(release).find() ? "rt" : plus < 0 ? "" : release.substring(plus + 1);
    }

    private static Optional<Misfit> misfit(KernelModule module, Kind kind, String reason) {
        return Optional.of(new Misfit(module.path(), kind, 0, reason, List.of()));
    }
}
