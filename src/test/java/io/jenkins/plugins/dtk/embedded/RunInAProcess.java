package io.jenkins.plugins.dtk.embedded;

import java.io.IOException;
import java.nio.file.Path;

/** Runs the pipeline in a file as a process of its own; its exit code is 0 when it passed. */
final class RunInAProcess {

    private RunInAProcess() {}

    public static void main(String[] arguments) throws IOException {
        RunOutcome outcome = EmbeddedEngine.of(Path.of(arguments[0]))
                .home(Path.of(arguments[1]))
                .credential("token", "very-secret")
                .run();
        System.exit(outcome.result() == RunOutcome.Result.SUCCESS ? 0 : 1);
    }
}
