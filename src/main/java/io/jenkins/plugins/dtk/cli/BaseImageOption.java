package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.matrix.BaseImagePattern;
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
                    + BaseImagePattern.DEFAULT + ".")
    private String baseImage;

    /** The base images, or wrong usage. */
    BaseImagePattern bases() {
        return Usage.checked(spec, "--base-image", () -> BaseImagePattern.parse(baseImage));
    }
}
