package io.jenkins.plugins.dtk.kmod;

import io.jenkins.plugins.dtk.kmod.FitCheck.Misfit;
import io.jenkins.plugins.dtk.kmod.FitCheck.Misfit.Kind;
import io.jenkins.plugins.dtk.kmod.FitCheck.TargetKernel;
import io.jenkins.plugins.dtk.kmod.Symvers.Export;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a kernel would resolve the symbols of modules that are loaded together: as in torvalds/linux
 * kernel/module/main.c, resolve_symbol, verify_namespace_is_imported and verify_exported_symbols. A kernel
 * refuses a symbol whose namespace is not imported unless it was built with
 * CONFIG_MODULE_ALLOW_MISSING_NAMESPACE_IMPORTS, which is off by default.
 */
final class SymbolCheck {

    /** No symbol that is used, but listed among the checksums: the layout of the kernel's struct module. */
    private static final String LAYOUT = "module_layout";

    private final TargetKernel kernel;
    private final List<Symvers> others;
    private final Map<String, Export> own = new HashMap<>();
    private final Proprietary proprietary;

    SymbolCheck(TargetKernel kernel, List<Symvers> others, Collection<KernelModule> modules) {
        this.kernel = kernel;
        this.others = others;
        this.proprietary = new Proprietary(kernel, modules);
        modules.forEach(module -> own.putAll(module.exports()));
    }

    List<Misfit> check(KernelModule module) {
        Map<Kind, List<String>> found = new EnumMap<>(Kind.class);
        for (String symbol : module.used()) {
            Export export = find(symbol);
            if (export == null) {
                add(found, Kind.MISSING_SYMBOLS, symbol);
            } else {
                compare(module, symbol, export, found);
            }
        }
        for (String symbol : module.weak()) {
            Export export = find(symbol);
            // What is not for its licence counts as absent, which is no harm here.
            if (export != null
                    && !isRefused(module, export)
                    && module.checksums().containsKey(symbol)) {
                compare(module, symbol, export, found);
            }
        }
        Export layout = find(LAYOUT);
        if (layout != null && module.checksums().containsKey(LAYOUT)) {
            compareChecksum(module, LAYOUT, layout, found);
        }
        for (String symbol : module.exports().keySet()) {
            Export there = kernel.symbols().exports().get(symbol);
            if (there != null && there.builtIn()) {
                add(found, Kind.DUPLICATE_SYMBOLS, symbol);
            }
        }
        List<Misfit> misfits = new ArrayList<>();
        found.forEach((kind, symbols) -> misfits.add(misfit(module, kind, symbols)));
        return misfits;
    }

    /** What is known of a symbol; null when no one has it. */
    private Export find(String symbol) {
        Export found = own.get(symbol);
        for (int i = 0; found == null && i < others.size(); i++) {
            found = others.get(i).exports().get(symbol);
        }
        return found == null ? kernel.symbols().exports().get(symbol) : found;
    }

    private boolean isRefused(KernelModule module, Export export) {
        return export.gplOnly() && proprietary.of(module).isPresent();
    }

    private void compare(KernelModule module, String symbol, Export export, Map<Kind, List<String>> found) {
        if (isRefused(module, export)) {
            add(found, Kind.GPL_ONLY, symbol);
        }
        if (!export.namespace().isEmpty() && !module.imports().contains(export.namespace())) {
            add(found, Kind.NAMESPACE, symbol + " (" + export.namespace() + ")");
        }
        compareChecksum(module, symbol, export, found);
    }

    private static void compareChecksum(
            KernelModule module, String symbol, Export export, Map<Kind, List<String>> found) {
        Integer built = module.checksums().get(symbol);
        if (export.checksum() != 0 && built == null) {
            add(found, Kind.NO_CHECKSUMS, symbol);
        } else if (export.checksum() != 0 && built != export.checksum()) {
            add(found, Kind.CHANGED_SYMBOLS, symbol);
        }
    }

    private static void add(Map<Kind, List<String>> found, Kind kind, String symbol) {
        found.computeIfAbsent(kind, none -> new ArrayList<>()).add(symbol);
    }

    private Misfit misfit(KernelModule module, Kind kind, List<String> symbols) {
        int count = symbols.size();
        String shown = String.join(", ", symbols.subList(0, Math.min(3, count))) + (count > 3 ? ", ..." : "");
        String reason = count + (count == 1 ? " symbol is " : " symbols are ") + what(module, kind) + ": " + shown;
        return new Misfit(module.path(), kind, count, reason, List.copyOf(symbols.subList(0, Math.min(100, count))));
    }

    private String what(KernelModule module, Kind kind) {
        String in = "kernel " + kernel.release();
        return switch (kind) {
            case CHANGED_SYMBOLS -> "not as in " + in + " (other checksums)";
            case NO_CHECKSUMS -> "used without a checksum, which " + in + " has";
            case GPL_ONLY ->
                "for modules under the GPL alone in " + in + ", and "
                        + proprietary.of(module).orElseThrow();
            case NAMESPACE -> "in a namespace of " + in + " that the module does not import";
            case DUPLICATE_SYMBOLS -> "exported by " + in + " itself, and by the module";
            default -> "missing in " + in;
        };
    }
}
