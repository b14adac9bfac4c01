package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.ParallelTasks;
import io.jenkins.plugins.dtk.library.ImageLibrary;
import io.jenkins.plugins.dtk.library.ImageLibrary.Existence;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Platform;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dtk exists}: whether images are there; "could not tell" has an exit code of its own. */
@Command(
        name = "exists",
        sortOptions = false,
        description = "Reports whether images are in a registry, for these platforms and on this base.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:all are there",
            " 1:one is not there, or not as asked",
            " 2:wrong usage",
            " 3:could not tell: the registry did not say"
        },
        exitCodeOnExecutionException = ExitCode.UNKNOWN)
final class ExistsCommand implements Callable<Integer> {

    /** As many as may be under way to one host over HTTP/2. */
    private static final int THREADS = 32;

    private final Terminal terminal;

    @Parameters(
            paramLabel = "HOST/REPO:TAG",
            description = "The images; each is answered on a line of its own, in the same order.")
    private List<String> images = new ArrayList<>();

    @Option(
            names = "--images",
            paramLabel = "FILE",
            description = "More images, one on a line; /dev/stdin to pipe them in.")
    private Path file;

    @Option(
            names = "--platform",
            paramLabel = "OS/ARCH",
            description = "A platform that it must run on, such as linux/arm64; may be repeated.")
    private List<String> platforms = new ArrayList<>();

    @Option(
            names = "--base-digest",
            paramLabel = "DIGEST",
            description = "The digest of the base image's index that it must be built on.")
    private String baseDigest;

    @Mixin
    private OneRegistryOptions registry;

    ExistsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        List<ImageReference> references = references();
        List<Platform> wanted = registry.checked("--platform", () -> Platform.named(platforms));
        Digest base = baseDigest == null ? null : registry.checked("--base-digest", () -> Digest.parse(baseDigest));
        RegistryClient client = registry.client();
        List<Existence> answers = ParallelTasks.map(
                references, THREADS, image -> new ImageLibrary(client, image).exists(image.tag(), wanted, base));
        return report(references, answers);
    }

    private List<ImageReference> references() {
        List<ImageReference> references = new ArrayList<>(registry.checked("HOST/REPO:TAG", () -> {
            if (images.isEmpty() && file == null) {
                throw new IllegalArgumentException("name an image, or a file of them with --images");
            }
            return images.stream().map(Names::tagged).toList();
        }));
        if (file != null) {
            references.addAll(registry.checked("--images", () -> TextFile.read(file)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .map(Names::tagged)
                    .toList()));
        }
        return references;
    }

    private int report(List<ImageReference> references, List<Existence> answers) throws Failure {
        int exit = 0;
        List<Failure> unknown = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i) instanceof Existence.Present present) {
                terminal.out().println(references.get(i) + " is there (" + present.digest() + ")");
            } else if (answers.get(i) instanceof Existence.Absent absent) {
                terminal.out().println(absent.why());
                exit = ExitCode.NO;
            } else {
                unknown.add(((Existence.Unknown) answers.get(i)).failure());
            }
        }
        if (!unknown.isEmpty()) {
            Failure first = unknown.get(0);
            throw unknown.size() == 1
                    ? first
                    : new Failure(
                            first.kind(), first.getMessage() + " (and " + (unknown.size() - 1) + " more are unknown)");
        }
        return exit;
    }
}
