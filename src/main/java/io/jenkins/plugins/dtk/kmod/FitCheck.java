package io.jenkins.plugins.dtk.kmod;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kmod.FitCheck.Misfit.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Whether a kernel would load modules, by the kernel's own rules (torvalds/linux kernel/module/main.c and version.c):
 * vermagic, symbols, checksums, licences, namespaces. A symbol may come from the kernel, from another of the modules, or
 * from another vendor's. Safe for many threads.
 */
public final class FitCheck {

    private final TargetKernel kernel;
    private final FitMode mode;
    private final List<Symvers> others;

    /**
     * @param others the symbols of other vendors' modules that will be there too
     */
    public FitCheck(TargetKernel kernel, FitMode mode, List<Symvers> others) {
        this.kernel = kernel;
        this.mode = mode;
        this.others = List.copyOf(others);
    }

    /**
     * Why modules do not fit.
     *
     * @param modules all that are loaded together; one may use what another exports
     * @return in the order of the modules; empty when all fit
     */
    public List<Misfit> check(Collection<KernelModule> modules) {
        SymbolCheck symbols = new SymbolCheck(kernel, others, modules);
        List<Misfit> found = new ArrayList<>();
        for (KernelModule module : modules) {
            Optional<Misfit> built = new VermagicCheck(kernel, mode).check(module);
            built.ifPresent(found::add);
            if (built.isEmpty() || built.get().kind() != Kind.ARCHITECTURE) {
                found.addAll(symbols.check(module));
            }
        }
        return found;
    }

    /**
     * Why a module does not fit a kernel.
     *
     * @param module its path
     * @param kind what is wrong
     * @param count how many symbols it concerns; 0 where it concerns none
     * @param reason one line, without the path; names a few of the symbols
     * @param symbols those concerned, sorted; the first hundred
     */
    public record Misfit(String module, Kind kind, int count, String reason, List<String> symbols) {

        /** What can be wrong. */
        public enum Kind {
            /** It runs on another machine. */
            ARCHITECTURE,
            /** It was built for another kernel. */
            KERNEL,
            /** It was built for another flavour of the kernel. */
            FLAVOUR,
            /** It uses symbols that no one has. */
            MISSING_SYMBOLS,
            /** Symbols have changed since. */
            CHANGED_SYMBOLS,
            /** It does not say against which symbols it was built. */
            NO_CHECKSUMS,
            /** It uses symbols for the GPL alone, and its licence is another, or that of a module whose symbols it uses. */
            GPL_ONLY,
            /** It uses symbols of a namespace that it does not import. */
            NAMESPACE,
            /** It exports symbols that the kernel itself exports. */
            DUPLICATE_SYMBOLS
        }

        @Override
        public String toString() {
            return module + ": " + reason;
        }
    }

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
}
