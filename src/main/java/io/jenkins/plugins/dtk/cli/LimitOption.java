package io.jenkins.plugins.dtk.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option that bounds a run. */
final class LimitOption {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--limit", paramLabel = "NUMBER", description = "Build so many at most, the newest kernels first.")
    private int limit;

    /** The most images to build, 0 for all; or wrong usage. */
    int images() {
        if (limit < 0) {
            throw Usage.wrong(spec, "--limit", "it is the most images to build, or 0 for all");
        }
        return limit;
    }
}
