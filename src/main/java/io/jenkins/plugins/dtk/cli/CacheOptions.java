package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.driver.SymbolTables;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.release.ImageTree;
import io.jenkins.plugins.dtk.release.ReleaseCache;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say what is remembered between runs. */
final class CacheOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--cache",
            paramLabel = "FOLDER",
            description = "Where what payloads say is remembered. Default: driver-toolkit in the user's cache folder.")
    private Path folder;

    @Option(names = "--offline", description = "Read nothing but what is remembered.")
    private boolean offline;

    ReleaseCache open(Consumer<String> warnings) {
        ReleaseCache cache = ReleaseCache.in(folder(), warnings);
        return offline ? cache.offline() : cache;
    }

    /** The tables of kernels' symbols, which are kept here too. */
    SymbolTables tables(Function<ImageReference, ImageTree> trees, Consumer<String> warnings) {
        return new SymbolTables(trees, folder().resolve("symvers"), warnings);
    }

    private Path folder() {
        if (folder != null) {
            Usage.checkIsFolder(spec, "--cache", folder);
        }
        return folder == null ? userFolder() : folder;
    }

    boolean offline() {
        return offline;
    }

    /** Ours among the user's caches, by the XDG base directory specification. */
    static Path userFolder() {
        String caches = System.getenv("XDG_CACHE_HOME");
        Path base = caches == null || caches.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(caches);
        return base.resolve("driver-toolkit");
    }
}
