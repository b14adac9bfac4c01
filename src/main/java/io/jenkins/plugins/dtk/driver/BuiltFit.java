package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.kmod.FitCheck;
import io.jenkins.plugins.dtk.kmod.FitCheck.Misfit;
import io.jenkins.plugins.dtk.kmod.FitMode;
import io.jenkins.plugins.dtk.kmod.KernelModule;
import io.jenkins.plugins.dtk.kmod.Symvers;
import io.jenkins.plugins.dtk.release.ImageTree;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is found out about an image that was just built, before anything is pushed: whether its modules fit the kernel it
 * is for, and what KMM will miss in it.
 *
 * @param modules the vendor's modules for this kernel
 * @param misfits those that do not fit
 * @param warnings what KMM or certification will say, each with what to add
 */
record BuiltFit(List<KernelModule> modules, List<String> misfits, List<String> warnings) {

    /** Makes the lists unmodifiable. */
    BuiltFit {
        modules = List.copyOf(modules);
        misfits = List.copyOf(misfits);
        warnings = List.copyOf(warnings);
    }

    /**
     * Checks a file system.
     *
     * @param archive as {@code podman export} writes it
     * @param symbols of the kernel
     * @param others of other vendors' modules that will be there too
     * @throws IOException when it cannot be read, or holds a damaged module; one line
     */
    static BuiltFit of(InputStream archive, DriverTarget target, Symvers symbols, FitMode mode, List<Symvers> others)
            throws IOException {
        Everything all = new Everything();
        ImageTree.unpack(archive, all);
        ImageModules found = all.end();
        List<KernelModule> own = found.byKernel().getOrDefault(target.uname(), List.of());
        List<String> misfits = new ArrayList<>();
        if (own.isEmpty()) {
            misfits.add("the image has no module for kernel " + target
                    + (found.isEmpty()
                            ? ""
                            : ", only for " + String.join(", ", found.byKernel().keySet())));
        }
        new FitCheck(new FitCheck.TargetKernel(target.uname(), target.architecture(), "", symbols), mode, others)
                .check(own).stream().map(Misfit::toString).forEach(misfits::add);
        return new BuiltFit(own, misfits, new ModuleLoader(all.paths, target, own).warnings());
    }

    /** Keeps the paths of interest, too. */
    private static final class Everything extends ModuleTaker {
        private static final int MOST = 2_000_000;
        private final Set<String> paths = new HashSet<>();

        Everything() {
            super(kernel -> Set.of());
        }

        @Override
        public void sees(String path) {
            if (paths.size() < MOST) {
                paths.add(path);
            }
        }
    }
}
