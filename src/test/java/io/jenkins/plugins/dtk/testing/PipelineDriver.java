package io.jenkins.plugins.dtk.testing;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs the pipelines of scenarios that are written once: with the embedded engine, or in a real Jenkins. */
public interface PipelineDriver {

    /** The releases of the OpenShift beside which {@link AnswerScenarios} and {@link StepMistakes} run. */
    String[] THREE_RELEASES = {"4.12.26", "4.14.7", "4.22.11"};

    /** Runs a pipeline to its end, as a job of its own. */
    Ran ended(String script) throws Exception;

    /** What a pipeline came to: the result as Jenkins names it, and the log. */
    record Ran(String result, String log) {

        /** The one line that says why it failed. */
        public String error() {
            assertThat(log).doesNotContain("\tat ", "java.lang.");
            String[] errors =
                    log.lines().filter(line -> line.startsWith("ERROR: ")).toArray(String[]::new);
            assertThat(errors).as(log).hasSize(1);
            return errors[0];
        }
    }
}
