package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.matrix.BaseImages;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option that names the base images of kernels. */
final class BaseImageOption {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--base-image",
            paramLabel = "PATTERN",
            description = "Names the base image of a kernel by {major}, {rhel} and {stream}. Default: "
                    + BaseImages.DEFAULT + ".")
    private String baseImage;

    /** The base images, or wrong usage. */
    BaseImages bases() {
        return Usage.checked(spec, "--base-image", () -> BaseImages.of(baseImage));
    }
}
