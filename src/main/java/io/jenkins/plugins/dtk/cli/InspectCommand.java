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
import picocli.CommandLine.Parameters;

/** {@code dtk inspect}: what a Driver Toolkit image in a registry says of itself, without pulling it. */
@Command(
        name = "inspect",
        sortOptions = false,
        description = "Lists what a Driver Toolkit image in a registry says of itself, without pulling it:"
                + " its kernels, the releases that ship them, what it was built on. Of an index, every image.")
final class InspectCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(paramLabel = "HOST/REPO:TAG", description = "The image, by its tag or as HOST/REPO@DIGEST.")
    private String image;

    @Mixin
    private TableFormat format;

    @Mixin
    private OneRegistryOptions registry;

    InspectCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        ImageReference reference = registry.checked("HOST/REPO:TAG", () -> reference(image));
        boolean json = format.isJson();
        List<ImageInspection.Image> images = new ImageInspection(registry.client()).inspect(reference);
        terminal.out().print(json ? json(images) : Tables.images(images));
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
