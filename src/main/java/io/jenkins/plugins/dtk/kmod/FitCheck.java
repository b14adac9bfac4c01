package io.jenkins.plugins.dtk.kmod;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kmod.FitCheck.Misfit.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a kernel would load modules, by the kernel's own rules (torvalds/linux kernel/module/main.c and version.c):
 * vermagic, symbols, checksums. A symbol may come from the kernel, from another of the modules, or from another
 * vendor's. Safe for many threads.
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
        Map<String, Integer> own = new HashMap<>();
        modules.forEach(module -> own.putAll(module.exports()));
        List<Misfit> found = new ArrayList<>();
        for (KernelModule module : modules) {
            Optional<Misfit> built = new VermagicCheck(kernel, mode).check(module);
            built.ifPresent(found::add);
            if (built.isEmpty() || built.get().kind() != Kind.ARCHITECTURE) {
                found.addAll(symbols(module, own));
            }
        }
        return found;
    }

    private List<Misfit> symbols(KernelModule module, Map<String, Integer> own) {
        List<String> missing = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (String symbol : module.used()) {
            Integer there = checksum(symbol, own);
            if (there == null) {
                missing.add(symbol);
            } else {
                compare(symbol, there, module, changed, unknown);
            }
        }
        // No symbol that is used, but listed among the checksums: the layout of the kernel's struct module.
        String layout = "module_layout";
        Integer there = checksum(layout, own);
        if (there != null && module.checksums().containsKey(layout)) {
            compare(layout, there, module, changed, unknown);
        }
        List<Misfit> found = new ArrayList<>();
        add(found, module, Kind.MISSING_SYMBOLS, missing, "missing in kernel " + kernel.release());
        add(
                found,
                module,
                Kind.CHANGED_SYMBOLS,
                changed,
                "not as in kernel " + kernel.release() + " (other checksums)");
        add(
                found,
                module,
                Kind.NO_CHECKSUMS,
                unknown,
                "used without a checksum, which kernel " + kernel.release() + " has");
        return found;
    }

    /** The checksum of a symbol, 0 when it has none; null when no one has the symbol. */
    private Integer checksum(String symbol, Map<String, Integer> own) {
        Integer found = own.get(symbol);
        for (int i = 0; found == null && i < others.size(); i++) {
            found = others.get(i).checksums().get(symbol);
        }
        return found == null ? kernel.symbols().checksums().get(symbol) : found;
    }

    private static void compare(
            String symbol, int there, KernelModule module, List<String> changed, List<String> unknown) {
        Integer built = module.checksums().get(symbol);
        if (there != 0 && built == null) {
            unknown.add(symbol);
        } else if (there != 0 && built != there) {
            changed.add(symbol);
        }
    }

    private static void add(List<Misfit> found, KernelModule module, Kind kind, List<String> symbols, String what) {
        if (symbols.isEmpty()) {
            return;
        }
        int count = symbols.size();
        String shown = String.join(", ", symbols.subList(0, Math.min(3, count)));
        String reason = count + (count == 1 ? " symbol is " : " symbols are ") + what + ": " + shown
                + (count > 3 ? ", ..." : "");
        found.add(
                new Misfit(module.path(), kind, count, reason, List.copyOf(symbols.subList(0, Math.min(100, count)))));
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
            NO_CHECKSUMS
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
