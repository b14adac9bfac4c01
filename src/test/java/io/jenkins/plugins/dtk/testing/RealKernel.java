package io.jenkins.plugins.dtk.testing;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kmod.FitCheck.TargetKernel;
import io.jenkins.plugins.dtk.kmod.KernelModule;
import io.jenkins.plugins.dtk.kmod.Symvers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A kernel whose development package Debian has installed, and modules really compiled for it.
 *
 * @param release as {@code uname -r} prints it
 */
public record RealKernel(String release) {

    private static final Path MODULES = Path.of("/lib/modules");

    /** The standard kernel; skips the test where there is none. */
    public static RealKernel standard() {
        return first("linux-headers-amd64", kernel -> !kernel.isRealTime());
    }

    /** The real-time kernel; skips the test where there is none. */
    public static RealKernel realTime() {
        return first("linux-headers-rt-amd64", RealKernel::isRealTime);
    }

    /** A kernel of another version than the standard one; skips the test where there is none. */
    public static RealKernel other() {
        String version = standard().release().split("-")[0];
        return find(kernel -> !kernel.isRealTime() && !kernel.release().startsWith(version))
                .orElseGet(() -> {
                    Parts.refused("Debian has no development package of a second kernel version here");
                    return null;
                });
    }

    private static RealKernel first(String what, Predicate<RealKernel> wanted) {
        return find(wanted).orElseGet(() -> {
            Parts.missing(what);
            return null;
        });
    }

    private static Optional<RealKernel> find(Predicate<RealKernel> wanted) {
        Parts.need("gcc", "make", "modinfo");
        try (Stream<Path> folders = Files.exists(MODULES) ? Files.list(MODULES) : Stream.empty()) {
            return folders.map(folder -> new RealKernel(folder.getFileName().toString()))
                    .filter(kernel -> Files.exists(kernel.headers().resolve("Module.symvers")))
                    .filter(wanted)
                    .min(Comparator.comparing(RealKernel::release));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isRealTime() {
        return release.contains("-rt-");
    }

    /** The folder of its development package. */
    public Path headers() {
        return MODULES.resolve(release).resolve("build");
    }

    /** Its table of symbols. */
    public Symvers symbols() throws IOException {
        try (InputStream table = Files.newInputStream(headers().resolve("Module.symvers"))) {
            return Symvers.read("Module.symvers", table);
        }
    }

    /** It as the aim of a check; the options of its modules' vermagic are not compared. */
    public TargetKernel target() throws IOException {
        return new TargetKernel(release, Architecture.parse(System.getProperty("os.arch")), "", symbols());
    }

    /**
     * Compiles modules, one of each source.
     *
     * @param folder with the sources, where the modules will be
     * @param options for make, such as {@code KBUILD_MODPOST_WARN=1}
     */
    public void compile(Path folder, String... options) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("make", "-s", "-C", headers().toString(), "M=" + folder));
        command.addAll(Arrays.asList(options));
        command.add("modules");
        Commands.run(command.toArray(String[]::new));
    }

    /** Writes sources with the Makefile that builds a module of each. */
    public static Path sources(Path folder, String... namesAndTexts) throws IOException {
        Files.createDirectories(folder);
        StringBuilder makefile = new StringBuilder("obj-m :=");
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            Files.writeString(folder.resolve(namesAndTexts[i] + ".c"), namesAndTexts[i + 1]);
            makefile.append(' ').append(namesAndTexts[i]).append(".o");
        }
        Files.writeString(folder.resolve("Makefile"), makefile.append('\n'), StandardCharsets.UTF_8);
        return folder;
    }

    /** Reads a module from a file. */
    public static KernelModule read(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return KernelModule.read(file.toString(), content);
        }
    }
}
