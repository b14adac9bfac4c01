package io.jenkins.plugins.dtk.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.library.ImageInspection;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.report.Tables;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dtk inspect}: what a Driver Toolkit image in a registry says of itself, without pulling it. */
@Command(
        name = "inspect",
        sortOptions = false,
        description = "Lists what a Driver Toolkit image in a registry says of itself, without pulling it:"
                + " its kernels, the releases that ship them, what it was built on. Of an index, every image.")
final class InspectCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "HOST/REPO:TAG", description = "The image, by its tag or as HOST/REPO@DIGEST.")
    private String image;

    @Option(
            names = "--format",
            paramLabel = "table|json",
            defaultValue = "table",
            description = "json is one line with all labels. Default: ${DEFAULT-VALUE}.")
    private String format;

    @Mixin
    private OneRegistryOptions registry;

    InspectCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        ImageReference reference = registry.read("HOST/REPO:TAG", () -> reference(image));
        Usage.check(spec, "--format", format, List.of("table", "json"));
        List<ImageInspection.Image> images = new ImageInspection(registry.client()).inspect(reference);
        terminal.out().print(format.equals("json") ? json(images) : Tables.images(images));
        return 0;
    }

    private static ImageReference reference(String name) {
        ImageReference reference = ImageReference.parse(name);
        if (reference.tag() == null && reference.digest() == null) {
            throw new IllegalArgumentException(
                    "'" + reference + "' has neither tag nor digest; write HOST/REPO:TAG or HOST/REPO@DIGEST");
        }
        return reference;
    }

    private static String json(List<ImageInspection.Image> images) {
        try {
            return new ObjectMapper()
                            .writeValueAsString(images.stream()
                                    .map(ImageInspection.Image::toMap)
                                    .toList()) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
