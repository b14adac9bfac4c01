package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.driver.DriverImage;
import io.jenkins.plugins.dtk.driver.DriverIndexes;
import io.jenkins.plugins.dtk.driver.DriverLibrary;
import io.jenkins.plugins.dtk.driver.DriverResult;
import io.jenkins.plugins.dtk.driver.DriverTarget;
import io.jenkins.plugins.dtk.driver.KnownFailures;
import io.jenkins.plugins.dtk.driver.Outcome;
import io.jenkins.plugins.dtk.driver.SymbolTables;
import io.jenkins.plugins.dtk.driver.ToolkitFinder;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.library.ImageLibrary;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.release.ImageTree;
import io.jenkins.plugins.dtk.release.Releases;
import io.jenkins.plugins.dtk.site.SiteSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One run of {@code dtk build}: looks what is there, builds what is missing, one after the other. */
final class DriverNight {

    private final DriverOptions options;
    private final Registries registries;
    private final TerminalProgress progress;

    /**
     * Where images are read and written.
     *
     * @param payloads reads releases, with the pull secret
     * @param images reads and writes the drivers' repository
     */
    record Registries(
            Releases releases,
            RegistryClient payloads,
            RegistryClient images,
            ImageReference repository,
            CacheOptions cache,
            SiteSettings settings) {}

    DriverNight(DriverOptions options, Registries registries, TerminalProgress progress) {
        this.options = options;
        this.registries = registries;
        this.progress = progress;
    }

    /**
     * Runs it.
     *
     * @param logins files with logins; null for none
     */
    List<DriverResult> run(List<DriverImage> wanted, List<Optional<Path>> logins) throws Failure, InterruptedException {
        DriverLibrary library = DriverLibrary.read(registries.images(), registries.repository());
        DriverIndexes indexes = options.indexes(registries.images(), registries.repository(), wanted);
        DriverResult[] results = new DriverResult[wanted.size()];
        int left = options.limit();
        try (BuildFolder folder = new BuildFolder(options.logs(), logins, registries.images()::located)) {
            Worker worker = new Worker(folder);
            for (int i = wanted.size() - 1; i >= 0; i--) { // the newest kernels first
                DriverImage image = wanted.get(i);
                results[i] = there(image, library);
                if (results[i] == null && left == 0) {
                    results[i] = DriverResult.of(image, Outcome.LEFT, "by --limit");
                }
                if (results[i] == null) {
                    results[i] = options.dryRun()
                            ? DriverResult.of(image, Outcome.LEFT, "it would be built")
                            : worker.build(image);
                    left -= results[i].log().isEmpty() ? 0 : 1;
                    say(results[i], wanted.size() - i, wanted.size());
                }
            }
        } catch (IOException e) {
            throw e instanceof Failure known
                    ? known
                    : new Failure(Failure.Kind.LOCAL, "a file cannot be written: " + e.getMessage(), e);
        }
        if (!options.dryRun()) {
            publish(indexes, library, results);
        }
        return Arrays.asList(results);
    }

    /** Only those are looked at that are missing, or that an image was built for. */
    private void publish(DriverIndexes indexes, DriverLibrary library, DriverResult[] results)
            throws InterruptedException {
        for (Map.Entry<String, List<DriverImage>> index : indexes.all().entrySet()) {
            List<DriverImage> its = index.getValue();
            boolean isBuilt = Arrays.stream(results)
                    .anyMatch(result -> result.outcome() == Outcome.BUILT && its.contains(result.image()));
            boolean isThere = Arrays.stream(results)
                    .anyMatch(result -> result.outcome() == Outcome.THERE && its.contains(result.image()));
            if (!isBuilt && (!isThere || library.hasTag(index.getKey()))) {
                continue;
            }
            try {
                if (indexes.publish(index.getKey())) {
                    progress.say("index " + index.getKey() + " published");
                }
            } catch (Failure e) {
                for (int i = 0; i < results.length; i++) {
                    if (its.contains(results[i].image())
                            && !results[i].outcome().isFailure()) {
                        results[i] = DriverResult.of(results[i].image(), Outcome.FAILED, e.getMessage());
                    }
                }
            }
        }
    }

    private void say(DriverResult result, int number, int all) {
        progress.say(number + " of " + all + ": " + result.image().target() + " "
                + result.outcome().words() + (result.known() ? " (known)" : "")
                + (result.why().isEmpty() ? "" : ": " + result.why()));
    }

    /** Null when it is to be built. */
    private DriverResult there(DriverImage image, DriverLibrary library) throws Failure, InterruptedException {
        String reason = options.excluded()
                .getOrDefault(
                        image.target().uname(),
                        options.excluded().get(image.target().kernel().nvr()));
        if (reason != null) {
            return DriverResult.of(image, Outcome.EXCLUDED, reason);
        }
        if (options.rebuildsAll() || !library.has(image)) {
            return null;
        }
        List<String> added = options.dryRun() ? List.of() : library.complete(image);
        return DriverResult.of(image, Outcome.THERE, added.isEmpty() ? "" : "got the tags " + String.join(", ", added));
    }

    /** Builds images, and knows which cannot be. */
    private final class Worker {
        private final KnownFailures known = options.known();
        private final DriverSource source = options.source();
        private final String identity;
        private final DriverBuild build;
        private final ToolkitFinder toolkits;
        private final SymbolTables tables;

        Worker(BuildFolder folder) throws IOException {
            identity = source.identity();
            ImageReference repository = registries.images().located(registries.repository());
            SiteSettings settings = registries.settings();
            PodmanReach reach = new PodmanReach(settings.places(), folder.path());
            Set<String> unverified = new TreeSet<>(settings.plainHttp());
            unverified.addAll(settings.unverifiedTls());
            build = new DriverBuild(
                    new Podman(reach.environment(List.copyOf(unverified))),
                    source,
                    options.mode(),
                    options.others(),
                    new DriverBuild.Places(repository, folder.path(), options.logs(), folder.logins(), reach),
                    options.signing());
            ImageReference own = options.toolkits();
            RegistryClient client = registries.images();
            toolkits = new ToolkitFinder(registries.releases(), own == null ? null : new ImageLibrary(client, own));
            tables = new SymbolTables(
                    toolkit -> new ImageTree(
                            own != null && own.name().equals(toolkit.name()) ? client : registries.payloads()),
                    registries.cache().tables(progress::warn));
        }

        DriverResult build(DriverImage image) throws InterruptedException, IOException {
            try {
                List<DriverResult> done = new ArrayList<>();
                toolkits.use(image.target(), image.rows(), toolkit -> {
                    Optional<DriverResult> before = known(image, toolkit);
                    done.add(
                            before.isPresent() ? before.get() : built(image, toolkit, kernel(image.target(), toolkit)));
                    return toolkit;
                });
                return done.get(0);
            } catch (Failure e) {
                return DriverResult.of(
                        image,
                        e.kind() == Failure.Kind.ABSENT ? Outcome.NO_TOOLKIT : Outcome.FAILED,
                        e.getMessage().replaceFirst("^no toolkit: ", ""));
            }
        }

        private DriverBuild.Kernel kernel(DriverTarget target, ImageReference toolkit)
                throws Failure, InterruptedException {
            return new DriverBuild.Kernel(tables.of(target, toolkit), tables.modules(target, toolkit));
        }

        private Optional<DriverResult> known(DriverImage image, ImageReference toolkit) {
            return options.rebuildsAll()
                    ? Optional.empty()
                    : known.of(image.target(), identity)
                            .filter(one -> one.toolkit().equals(toolkit.digest()))
                            .map(one -> new DriverResult(
                                    image, one.outcome(), true, one.reason(), toolkit.toString(), "", List.of()));
        }

        /** A failure here is that of the build, and no other toolkit would do better. */
        private DriverResult built(DriverImage image, ImageReference toolkit, DriverBuild.Kernel kernel)
                throws InterruptedException, Failure {
            DriverResult result;
            try {
                result = build.build(image, registries.payloads().located(toolkit), kernel);
            } catch (Failure e) {
                return DriverResult.of(image, Outcome.FAILED, e.getMessage());
            }
            known.note(image.target(), identity, toolkit.digest(), result.outcome(), result.why());
            try {
                known.save();
            } catch (IOException e) {
                progress.warn("what is known of failures cannot be kept: " + e.getMessage());
            }
            return result;
        }
    }
}
