package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.plan.AgentScript;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say by what images are built, and how many. */
final class BuilderOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--builder",
            paramLabel = "podman|buildah|docker",
            defaultValue = "podman",
            description = "What builds and pushes. Default: ${DEFAULT-VALUE}.")
    private String builder;

    @Option(
            names = "--executors",
            paramLabel = "N",
            defaultValue = "2",
            description = "How many images are built at a time. Default: ${DEFAULT-VALUE}.")
    private int executors;

    @Mixin
    private LimitOption limit;

    /** Checks all of them. */
    void check() {
        Usage.check(spec, "--builder", builder, AgentScript.BUILDERS);
        limit.images();
        if (executors < 1) {
            throw Usage.wrong(spec, "--executors", "there must be at least 1 executor, not " + executors);
        }
    }

    void giveTo(LocalSteps steps) {
        steps.executors(executors).choice("builder", builder).choice("limit", String.valueOf(limit.images()));
    }
}
