package io.jenkins.plugins.dtk.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option that chooses between a table for people and JSON for programs. */
final class TableFormat {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--format",
            paramLabel = "table|json",
            defaultValue = "table",
            description = "json is one line. Default: ${DEFAULT-VALUE}.")
    private String format;

    /** Whether it is JSON, or wrong usage. */
    boolean isJson() {
        Usage.check(spec, "--format", format, List.of("table", "json"));
        return format.equals("json");
    }
}
