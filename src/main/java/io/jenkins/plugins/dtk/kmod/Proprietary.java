package io.jenkins.plugins.dtk.kmod;

import io.jenkins.plugins.dtk.kmod.FitCheck.TargetKernel;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which modules a kernel takes for proprietary, and why: by their licence, and since Linux 5.9 also those that use a
 * symbol of such a module (torvalds/linux kernel/module/main.c, inherit_taint).
 */
final class Proprietary {

    private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\..*");

    private final Map<String, String> reasons = new HashMap<>();

    Proprietary(TargetKernel kernel, Collection<KernelModule> modules) {
        for (KernelModule module : modules) {
            if (module.isProprietary()) {
                reasons.put(module.path(), "the module's licence is '" + module.license() + "'");
            }
        }
        while (inherits(kernel.release()) && spreads(modules)) {
            // Until no further module is found.
        }
    }

    private static boolean inherits(String release) {
        Matcher version = VERSION.matcher(release);
        return version.matches()
                && 1000 * Integer.parseInt(version.group(1)) + Integer.parseInt(version.group(2)) >= 5009;
    }

    private boolean spreads(Collection<KernelModule> modules) {
        Map<String, KernelModule> owners = new HashMap<>();
        modules.stream()
                .filter(module -> reasons.containsKey(module.path()))
                .forEach(module -> module.exports().keySet().forEach(symbol -> owners.put(symbol, module)));
        int before = reasons.size();
        for (KernelModule module : modules) {
            module.used().stream()
                    .filter(owners::containsKey)
                    .findFirst()
                    .ifPresent(symbol -> reasons.putIfAbsent(
                            module.path(),
                            "the module uses " + symbol + " of the proprietary module "
                                    + owners.get(symbol).name()));
        }
        return reasons.size() > before;
    }

    /** Why the kernel takes a module for proprietary; empty where it does not. */
    Optional<String> of(KernelModule module) {
        return Optional.ofNullable(reasons.get(module.path()));
    }
}
