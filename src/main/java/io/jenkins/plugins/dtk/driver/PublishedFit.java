package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.ParallelTasks;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelFlavour;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.kmod.FitCheck;
import io.jenkins.plugins.dtk.kmod.FitCheck.Misfit;
import io.jenkins.plugins.dtk.kmod.FitMode;
import io.jenkins.plugins.dtk.kmod.KernelModule;
import io.jenkins.plugins.dtk.kmod.Symvers;
import io.jenkins.plugins.dtk.library.ImageLibrary;
import io.jenkins.plugins.dtk.matrix.Catalog;
import io.jenkins.plugins.dtk.matrix.MatrixProgress;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.release.ImageTree;
import io.jenkins.plugins.dtk.release.Releases;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers which kernels a published image of kernel modules fits, without compiling anything: its modules are held
 * against the symbols of each kernel, read from the Driver Toolkit image of a release that ships it.
 */
public final class PublishedFit {

    private static final int THREADS = 4;

    private final ImageTree images;
    private final ToolkitFinder toolkits;
    private final SymbolTables tables;
    private final FitMode mode;
    private final List<Symvers> others;
    private final MatrixProgress progress;

    /**
     * @param images reads the image, with a login for it
     * @param releases finds which toolkits releases bring along
     * @param library where toolkits are looked for that no release has; null for none
     * @param tables reads the symbols of kernels
     * @param others the symbols of other vendors' modules that will be there too
     * @param progress receives the progress
     */
    public PublishedFit(
            ImageTree images,
            Releases releases,
            ImageLibrary library,
            SymbolTables tables,
            FitMode mode,
            List<Symvers> others,
            MatrixProgress progress) {
        this.images = images;
        this.toolkits = new ToolkitFinder(releases, library);
        this.tables = tables;
        this.mode = mode;
        this.others = List.copyOf(others);
        this.progress = progress;
    }

    /**
     * The answer for each kernel of the catalog, in each flavour that the image has modules for; oldest first.
     *
     * @throws Failure when the image cannot be read or has no kernel module; one line
     */
    public List<FitAnswer> of(ImageReference image, Catalog catalog) throws Failure, InterruptedException {
        Map<Architecture, ImageModules> modules = new EnumMap<>(Architecture.class);
        Set<KernelFlavour> all = EnumSet.allOf(KernelFlavour.class);
        Set<KernelFlavour> flavours = EnumSet.noneOf(KernelFlavour.class);
        for (Catalog.Row row : catalog.rows()) {
            Architecture architecture = row.release().architecture();
            if (!modules.containsKey(architecture)) {
                modules.put(architecture, read(image, architecture, DriverTargets.of(catalog, all)));
            }
        }
        modules.values().forEach(of -> of.byKernel().keySet().forEach(kernel -> flavours.add(flavour(kernel))));
        if (flavours.isEmpty()) {
            throw new Failure(Failure.Kind.INVALID, image + " has no kernel module of its own");
        }
        SortedMap<DriverTarget, List<Catalog.Row>> targets = DriverTargets.of(catalog, flavours);
        AtomicInteger done = new AtomicInteger();
        return ParallelTasks.map(targets.keySet(), THREADS, target -> {
            FitAnswer answer = answer(target, targets.get(target), modules.get(target.architecture()));
            progress.done("kernels", done.incrementAndGet(), targets.size());
            return answer;
        });
    }

    /** An image that has none for an architecture has no module for it. */
    private ImageModules read(
            ImageReference image, Architecture architecture, SortedMap<DriverTarget, List<Catalog.Row>> targets)
            throws Failure, InterruptedException {
        ModuleTaker taker = new ModuleTaker(kernel -> own(kernel, architecture, targets));
        try {
            return ImageModules.read(images, image, images.manifest(image, architecture), taker);
        } catch (Failure e) {
            if (e.kind() == Failure.Kind.ABSENT && e.action().isEmpty()) {
                return new ImageModules(Map.of(), 0);
            }
            throw e;
        }
    }

    /** The modules of a kernel that an image has all of; of one that no wanted release ships, none are known. */
    private Set<String> own(
            String kernel, Architecture architecture, SortedMap<DriverTarget, List<Catalog.Row>> targets)
            throws InterruptedException {
        for (Map.Entry<DriverTarget, List<Catalog.Row>> entry : targets.entrySet()) {
            DriverTarget target = entry.getKey();
            if (target.architecture() == architecture && target.uname().equals(kernel)) {
                try {
                    return toolkits.use(target, entry.getValue(), toolkit -> tables.modules(target, toolkit));
                } catch (Failure e) {
                    return Set.of(); // they are unpacked, then
                }
            }
        }
        return Set.of();
    }

    private FitAnswer answer(DriverTarget target, List<Catalog.Row> rows, ImageModules modules)
            throws InterruptedException {
        List<String> releases = rows.stream()
                .map(row -> row.release().version().toString())
                .distinct()
                .toList();
        List<List<KernelModule>> sets = candidates(target, modules);
        if (sets.isEmpty()) {
            return unknown(
                    target,
                    releases,
                    "the image has no module for " + target.architecture()
                            + (target.flavour() == KernelFlavour.STANDARD
                                    ? ""
                                    : " and " + target.flavour().suffix()));
        }
        try {
            return toolkits.use(target, rows, toolkit -> {
                List<Misfit> misfits = check(target, tables.of(target, toolkit), sets);
                return new FitAnswer(
                        target,
                        releases,
                        misfits.isEmpty() ? FitAnswer.Answer.FITS : FitAnswer.Answer.MISFIT,
                        toolkit.toString(),
                        misfits,
                        misfits.isEmpty() ? "" : why(misfits));
            });
        } catch (Failure e) {
            return unknown(target, releases, e.getMessage());
        }
    }

    private static FitAnswer unknown(DriverTarget target, List<String> releases, String why) {
        return new FitAnswer(target, releases, FitAnswer.Answer.UNKNOWN, "", List.of(), why);
    }

    /** The modules for this kernel, where the image has any; else those for each other kernel of the flavour. */
    private static List<List<KernelModule>> candidates(DriverTarget target, ImageModules modules) {
        List<KernelModule> own = modules.byKernel().get(target.uname());
        if (own != null) {
            return List.of(own);
        }
        List<List<KernelModule>> sets = new ArrayList<>();
        modules.byKernel().forEach((kernel, of) -> {
            boolean runsThere = of.stream().anyMatch(module -> module.architecture()
                    .filter(target.architecture()::equals)
                    .isPresent());
            if (runsThere && flavour(kernel) == target.flavour()) {
                sets.add(of);
            }
        });
        return sets;
    }

    /** The newest set that fits; else why the newest does not. */
    private List<Misfit> check(DriverTarget target, Symvers symbols, List<List<KernelModule>> sets) {
        FitCheck check = new FitCheck(
                new FitCheck.TargetKernel(target.uname(), target.architecture(), "", symbols), mode, others);
        List<Misfit> newest = List.of();
        for (List<KernelModule> set : sets) {
            newest = check.check(set);
            if (newest.isEmpty()) {
                return newest;
            }
        }
        return newest;
    }

    private static String why(List<Misfit> misfits) {
        Misfit first = misfits.get(0);
        String name = first.module().substring(first.module().lastIndexOf('/') + 1);
        return name + ": " + first.reason() + (misfits.size() > 1 ? " (and " + (misfits.size() - 1) + " more)" : "");
    }

    private static KernelFlavour flavour(String kernel) {
        return KernelVersion.isKernelVersion(kernel)
                ? KernelVersion.parse(kernel).flavour()
                : KernelFlavour.STANDARD;
    }

    /**
     * Whether the modules of an image fit a kernel.
     *
     * @param target the kernel
     * @param releases those that ship it, oldest first
     * @param answer the answer
     * @param toolkit the Driver Toolkit image that the kernel's symbols were read from; empty when there is none
     * @param misfits the modules that do not fit, each with its reason
     * @param why one line for all answers but {@link Answer#FITS}; empty for that
     */
    public record FitAnswer(
            DriverTarget target,
            List<String> releases,
            Answer answer,
            String toolkit,
            List<Misfit> misfits,
            String why) {

        /** "Could not tell" is an answer of its own. */
        public enum Answer {
            /** All modules fit. */
            FITS,
            /** At least one does not. */
            MISFIT,
            /** The kernel's symbols could not be read, or the image has no module for this architecture and flavour. */
            UNKNOWN
        }
    }
}
