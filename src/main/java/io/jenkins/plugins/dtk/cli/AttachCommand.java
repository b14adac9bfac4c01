package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.library.ImageLibrary;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.registry.Referrer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dtk attach}: attaches the list of an image's packages to it. */
@Command(
        name = "attach",
        sortOptions = false,
        description = "Attaches the list of an image's packages to it as SPDX, for those who ask what is in it.")
final class AttachCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(paramLabel = "HOST/REPO:TAG", description = "The image.")
    private String image;

    @Option(
            names = "--packages",
            paramLabel = "FILE",
            required = true,
            description = "What 'rpm -qa' prints in the image; /dev/stdin to pipe it in.")
    private Path packages;

    @Mixin
    private OneRegistryOptions registry;

    AttachCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        ImageReference reference = registry.checked("HOST/REPO:TAG", () -> Names.tagged(image));
        List<String> lines = registry.checked(
                "--packages", () -> TextFile.read(packages).lines().toList());
        ImageLibrary library = new ImageLibrary(registry.client(), reference);
        try {
            Referrer attached = library.attachPackages(reference.tag(), lines, Instant.now());
            terminal.out().println(attached.artifactType() + " " + attached.digest() + " is attached to " + reference);
            return 0;
        } catch (IllegalArgumentException e) {
            throw new Failure(Failure.Kind.INVALID, "--packages: " + e.getMessage(), e);
        }
    }
}
