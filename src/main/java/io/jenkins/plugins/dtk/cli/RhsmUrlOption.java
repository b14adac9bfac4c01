package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.rhsm.Rhsm;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option that says where builds are registered. */
final class RhsmUrlOption {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--rhsm-url",
            paramLabel = "URL",
            description =
                    "The subscription service. Default: Red Hat's, and in builds what rhsm.conf of the base image says.")
    private String rhsmUrl;

    /** The address, or null for Red Hat's; wrong usage where it is none. */
    String url() {
        Usage.checked(spec, "--rhsm-url", () -> Rhsm.url(rhsmUrl));
        return rhsmUrl;
    }
}
