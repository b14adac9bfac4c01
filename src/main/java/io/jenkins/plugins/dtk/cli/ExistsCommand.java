package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.build.Settings;
import io.jenkins.plugins.dtk.library.Existence;
import io.jenkins.plugins.dtk.library.ImageLibrary;
import io.jenkins.plugins.dtk.library.Platforms;
import io.jenkins.plugins.dtk.registry.ImageReference;
import io.jenkins.plugins.dtk.registry.Platform;
import io.jenkins.plugins.dtk.registry.RegistryCredentials;
import io.jenkins.plugins.dtk.release.ReleaseSources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dtk exists}: whether an image is there; "could not tell" has an exit code of its own. */
@Command(
        name = "exists",
        sortOptions = false,
        description = "Tells whether an image is in a registry, for these platforms and on this base.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:it is there",
            " 1:it is not there, or not as asked",
            " 2:wrong usage",
            " 3:could not tell: the registry did not say"
        },
        exitCodeOnExecutionException = ExistsCommand.UNKNOWN)
final class ExistsCommand implements Callable<Integer> {

    private static final int ABSENT = 1;
    static final int UNKNOWN = 3;

    private final Terminal terminal;

    @Parameters(paramLabel = "HOST/REPO:TAG", description = "The image.")
    private String image;

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

    @Option(
            names = "--registry-auth",
            paramLabel = "FILE",
            description = "The login, as docker and podman keep it. Default: none.")
    private Path registryAuth;

    @Mixin
    private RegistryOptions registries;

    ExistsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        ImageReference reference = registries.read("HOST/REPO:TAG", () -> Names.tagged(image));
        List<Platform> wanted = registries.read("--platform", () -> Platforms.parse(platforms));
        if (baseDigest != null) {
            registries.read("--base-digest", () -> reference.withDigest(baseDigest));
        }
        Settings settings = registries.settings(ReleaseSources.of(null, null));
        RegistryCredentials credentials = registries.credentials("--registry-auth", registryAuth);
        Existence answer = new ImageLibrary(settings.registryClient(credentials), reference)
                .exists(reference.tag(), wanted, baseDigest);
        if (answer instanceof Existence.Present present) {
            terminal.out().println(reference + " is there (" + present.digest() + ")");
            return 0;
        }
        if (answer instanceof Existence.Absent absent) {
            terminal.out().println(absent.why());
            return ABSENT;
        }
        throw new Failure(UNKNOWN, ((Existence.Unknown) answer).failure().getMessage());
    }
}
