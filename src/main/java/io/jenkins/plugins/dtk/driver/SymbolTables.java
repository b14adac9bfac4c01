package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kmod.KernelModule;
import io.jenkins.plugins.dtk.kmod.Symvers;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.release.ImageTree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The tables of symbols of kernels, out of the Driver Toolkit images that hold the kernels' development packages. A table
 * is addressed by its image's digest and never changes, so it is read once and kept.
 */
public final class SymbolTables {

    private static final int MOST_BYTES = 64 << 20;
    private static final String MODULES = " modules";

    private final Function<ImageReference, ImageTree> trees;
    private final TableStore store;

    /**
     * @param trees reads an image, with a login for it
     * @param folder where tables are kept; made when the first one is; null keeps nothing
     * @param warnings takes a line when the folder cannot be written
     */
    public SymbolTables(Function<ImageReference, ImageTree> trees, Path folder, Consumer<String> warnings) {
        this(trees, new TableStore(folder, warnings));
    }

    SymbolTables(Function<ImageReference, ImageTree> trees, TableStore store) {
        this.trees = trees;
        this.store = store;
    }

    /**
     * The table of a kernel.
     *
     * @param toolkit the image, by digest
     * @throws Failure when the image cannot be read, or has no such table; one line
     */
    public Symvers of(DriverTarget target, ImageReference toolkit) throws Failure, InterruptedException {
        Optional<byte[]> kept = store.get(key(target, toolkit));
        if (kept.isPresent()) {
            try {
                return parse(target, kept.get());
            } catch (Failure e) {
                // Damaged on the disk: it is read anew.
            }
        }
        return parse(target, read(target, toolkit).table);
    }

    /**
     * The modules that a kernel comes with, by their SHA-256 in hexadecimal: those of them that stand before its table in
     * the image, which are most.
     *
     * @throws Failure when the image cannot be read, or has no such table; one line
     */
    public Set<String> modules(DriverTarget target, ImageReference toolkit) throws Failure, InterruptedException {
        if (store.get(key(target, toolkit)).isEmpty()) {
            return read(target, toolkit).modules;
        }
        return store.get(key(target, toolkit) + MODULES)
                .map(kept -> Set.of(new String(kept, StandardCharsets.US_ASCII).split("\n")))
                .orElse(Set.of());
    }

    private static String key(DriverTarget target, ImageReference toolkit) {
        return toolkit.digest() + " " + target.uname();
    }

    private Taker read(DriverTarget target, ImageReference toolkit) throws Failure, InterruptedException {
        Taker taker = new Taker(target.uname());
        ImageTree tree = trees.apply(toolkit);
        tree.read(toolkit, tree.manifest(toolkit, target.architecture()), taker);
        if (taker.table == null) {
            throw new Failure(
                    Failure.Kind.ABSENT,
                    toolkit + " has no Module.symvers of kernel " + target + ": it is no Driver Toolkit for it");
        }
        parse(target, taker.table);
        store.put(key(target, toolkit), taker.table);
        if (!taker.modules.isEmpty()) {
            byte[] lines = String.join("\n", taker.modules).getBytes(StandardCharsets.US_ASCII);
            store.put(key(target, toolkit) + MODULES, lines);
        }
        return taker;
    }

    private static Symvers parse(DriverTarget target, byte[] table) throws Failure {
        try {
            return Symvers.read("the table of kernel " + target, new ByteArrayInputStream(table));
        } catch (Failure e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException(e); // it is in memory
        }
    }

    /** {@code kernel-devel} has the first; {@code kernel-core} the others, packed as the RHEL release does. */
    private static final class Taker implements ImageTree.Files {
        private final Set<String> paths;
        private final List<String> folders;
        private final Set<String> modules = new TreeSet<>();
        private byte[] table;

        Taker(String kernel) {
            folders = List.of("lib/modules/" + kernel + "/", "usr/lib/modules/" + kernel + "/");
            String sources = "usr/src/kernels/" + kernel + "/Module.symvers";
            String modules = "lib/modules/" + kernel + "/symvers.";
            paths = Set.of(
                    sources,
                    sources + ".gz",
                    modules + "gz",
                    modules + "xz",
                    modules + "zst",
                    "usr/" + modules + "gz",
                    "usr/" + modules + "xz",
                    "usr/" + modules + "zst");
        }

        @Override
        public boolean wants(String path) {
            return table == null && (paths.contains(path) || isModule(path));
        }

        private boolean isModule(String path) {
            return KernelModule.isPath(path) && folders.stream().anyMatch(path::startsWith);
        }

        @Override
        public void take(String path, InputStream content) throws IOException {
            if (isModule(path)) {
                modules.add(KernelModule.digest(content.readNBytes(KernelModule.MOST_BYTES)));
            } else {
                table = content.readNBytes(MOST_BYTES);
            }
        }

        @Override
        public boolean isDone() {
            return table != null;
        }
    }
}
