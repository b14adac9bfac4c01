package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.failure.ParallelTasks;
import io.jenkins.plugins.dtk.kmod.KernelModule;
import io.jenkins.plugins.dtk.release.ImageTree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the modules out of a file system. Some vendors copy all modules of a kernel into their image: those that are
 * byte for byte the kernel's own are known by their digests and not unpacked. The others are unpacked by several threads.
 */
class ModuleTaker implements ImageTree.Files {

    /** A whole kernel has some 5,000. */
    private static final int MOST = 50_000;

    /** From so many modules on it is worth asking which are a kernel's own. */
    private static final int MANY = 100;

    private static final int MOST_WAITING = 128;
    private static final int MOST_BYTES_WAITING = 32 << 20;
    private static final int THREADS = Math.min(4, Runtime.getRuntime().availableProcessors());
    private static final Pattern FOLDER = Pattern.compile("(?:^|.*/)lib/modules/([^/]+)/.*");

    private final Own own;
    private final Map<String, Set<String>> digests = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, List<KernelModule>> found = new TreeMap<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private int bytes;
    private int inTree;
    private int all;

    /** Knows the modules that kernels come with. */
    @FunctionalInterface
    interface Own {

        /** Knows none. */
        Own NONE = kernel -> Set.of();

        /** Their SHA-256 in hexadecimal, as many as are known; kernel as {@code uname -r} prints it. */
        Set<String> of(String kernel) throws InterruptedException;
    }

    /** A file; the kernel by its folder, empty for none. */
    private record Waiting(String path, String kernel, byte[] file) {}

    ModuleTaker(Own own) {
        this.own = own;
    }

    @Override
    public boolean wants(String path) {
        return KernelModule.isPath(path);
    }

    @Override
    public void take(String path, InputStream content) throws IOException {
        if (++all > MOST) {
            throw new IOException("the image has more than " + MOST + " modules");
        }
        Matcher folder = FOLDER.matcher(path);
        String kernel = folder.matches() ? folder.group(1) : "";
        byte[] file = content.readNBytes(KernelModule.MOST_BYTES);
        waiting.add(new Waiting(path, kernel, file));
        counts.merge(kernel, 1, Integer::sum);
        bytes += file.length;
        if (waiting.size() >= MOST_WAITING || bytes >= MOST_BYTES_WAITING) {
            work();
        }
    }

    private void work() throws IOException {
        try {
            for (Waiting one : waiting) {
                if (counts.get(one.kernel()) >= MANY && !digests.containsKey(one.kernel())) {
                    digests.put(one.kernel(), own.of(one.kernel()));
                }
            }
            List<Optional<KernelModule>> modules = ParallelTasks.map(waiting, THREADS, this::read);
            for (int i = 0; i < modules.size(); i++) {
                add(waiting.get(i).kernel(), modules.get(i));
            }
        } catch (InterruptedException e) {
            throw (IOException) new InterruptedIOException().initCause(e);
        }
        waiting.clear();
        bytes = 0;
    }

    /** Nothing for one of the kernel's own. */
    private Optional<KernelModule> read(Waiting one) throws IOException {
        Set<String> known = digests.getOrDefault(one.kernel(), Set.of());
        return !known.isEmpty() && known.contains(KernelModule.digest(one.file()))
                ? Optional.empty()
                : Optional.of(KernelModule.read(one.path(), new ByteArrayInputStream(one.file())));
    }

    private void add(String folder, Optional<KernelModule> module) {
        String kernel = folder.isEmpty() ? module.map(KernelModule::kernel).orElse("") : folder;
        boolean cameWithKernel = module.isEmpty()
                || module.get().inTree()
                        && module.get().signature().isPresent()
                        && module.get().kernel().equals(kernel);
        if (cameWithKernel) {
            inTree++;
        } else {
            found.computeIfAbsent(kernel, none -> new ArrayList<>()).add(module.get());
        }
    }

    /**
     * All that were taken.
     *
     * @throws IOException when one is damaged; one line
     */
    ImageModules end() throws IOException {
        work();
        return new ImageModules(found, inTree);
    }
}
