package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.kmod.KernelModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the container misses in which KMM loads the modules: it runs {@code /bin/sh -c} with {@code mkdir -p} and
 * {@code cp -R}, takes modules from {@code /opt/lib/modules/KERNEL} by default, and modprobe needs the data of
 * depmod (rh-ecosystem-edge/kernel-module-management internal/pod/workerpodmanager.go).
 */
final class ModuleLoader {

    private final Set<String> paths;
    private final DriverTarget target;
    private final List<KernelModule> modules;

    /**
     * @param paths all of the image
     */
    ModuleLoader(Set<String> paths, DriverTarget target, List<KernelModule> modules) {
        this.paths = paths;
        this.target = target;
        this.modules = modules;
    }

    List<String> warnings() {
        List<String> found = new ArrayList<>();
        programs(found);
        place(found);
        firmware(found);
        if (modules.stream().anyMatch(module -> !module.kernelUnpacks())) {
            found.add("a module is packed by xz with a check that the kernel does not know: use xz --check=crc32");
        }
        if (!paths.contains("licenses")) {
            found.add("there is no folder /licenses, which certification wants: put the licence's text there");
        }
        if (paths.stream().anyMatch(path -> path.startsWith("usr/src/kernels/"))) {
            found.add(
                    "it holds a kernel's development package: begin the last stage with another image than the toolkit");
        }
        return found;
    }

    private void programs(List<String> found) {
        Set<String> missing = new TreeSet<>();
        for (String program : List.of("sh", "mkdir", "cp")) {
            if (!paths.contains("bin/" + program) && !paths.contains("usr/bin/" + program)) {
                missing.add(program);
            }
        }
        if (!missing.isEmpty()) {
            found.add("KMM runs programs in it that are missing (" + String.join(", ", missing)
                    + "): begin the last stage with an image that has them, such as ubi9/ubi-minimal");
        }
    }

    private void place(List<String> found) {
        if (modules.isEmpty()) {
            return;
        }
        String folder = "lib/modules/" + target.uname() + "/";
        String path = modules.get(0).path();
        int at = path.indexOf(folder);
        if (at < 0) {
            found.add("KMM looks for modules in /opt/" + folder + ", " + path + " is elsewhere");
            return;
        }
        String prefix = path.substring(0, at);
        if (!prefix.equals("opt/")) {
            found.add("KMM looks below /opt by default: put modules into /opt/" + folder
                    + ", or set moduleLoader.container.modprobe.dirName to /" + prefix.replaceFirst("/$", ""));
        }
        if (!paths.contains(prefix + folder + "modules.dep")) {
            found.add("modprobe will not find the modules: run depmod -b /" + prefix.replaceFirst("/$", "") + " "
                    + target.uname());
        }
    }

    private void firmware(List<String> found) {
        Set<String> missing = new TreeSet<>();
        for (KernelModule module : modules) {
            module.firmware().stream()
                    .filter(file -> paths.stream()
                            .noneMatch(path -> path.endsWith("/" + file) || path.endsWith("/" + file + ".xz")))
                    .forEach(missing::add);
        }
        if (!missing.isEmpty()) {
            found.add("modules may ask for firmware that is not in it: "
                    + missing.iterator().next() + (missing.size() > 1 ? " and " + (missing.size() - 1) + " more" : ""));
        }
    }
}
