package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.report.RunReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option that has a page written about a run. */
final class ReportOption {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--report", paramLabel = "FILE", description = "Also write a page in HTML.")
    private Path report;

    /** Checks before the run that there is a place for it. */
    void check() {
        if (report != null) {
            Usage.checkFolder(spec, "--report", report);
        }
    }

    /** Writes the page, where it is wanted. */
    void write(RunReport shown) throws Failure {
        if (report == null) {
            return;
        }
        try {
            Files.writeString(report, shown.html(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new Failure(Failure.Kind.LOCAL, "cannot write the page " + report + ": " + e.getMessage(), e);
        }
    }
}
