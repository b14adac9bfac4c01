package io.jenkins.plugins.dtk.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option that says what becomes of a release that cannot be read. */
final class UnreadableOption {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--on-unreadable",
            paramLabel = "fail|skip",
            defaultValue = "fail",
            description = "What becomes of a release that cannot be read. Default: ${DEFAULT-VALUE}.")
    private String onUnreadable;

    /** Whether it is left out, instead of failing all. */
    boolean skips() {
        Usage.check(spec, "--on-unreadable", onUnreadable, List.of("fail", "skip"));
        return onUnreadable.equals("skip");
    }
}
