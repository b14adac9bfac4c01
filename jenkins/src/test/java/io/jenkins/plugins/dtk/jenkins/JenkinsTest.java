package io.jenkins.plugins.dtk.jenkins;

import io.jenkins.plugins.dtk.testing.PipelineDriver;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Tests that share one Jenkins, which starts and ends with the class. */
@WithJenkins
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class JenkinsTest implements PipelineDriver {

    JenkinsRule jenkins;

    @BeforeAll
    final void startJenkins(JenkinsRule rule) {
        jenkins = rule;
    }

    @AfterAll
    final void stopJenkins() throws Exception {
        jenkins.after();
    }

    @Override
    public final Ran ended(String script) throws Exception {
        return outcome(run(script));
    }

    static Ran outcome(WorkflowRun run) throws IOException {
        return new Ran(run.getResult().toString(), JenkinsRule.getLog(run));
    }

    /** Runs a pipeline to its end, as a job of a name of its own. */
    final WorkflowRun run(String script) throws Exception {
        return run(jenkins.createProject(WorkflowJob.class), script);
    }

    /** Runs a pipeline to its end, as a new job of this name. */
    final WorkflowRun run(String name, String script) throws Exception {
        return run(jenkins.createProject(WorkflowJob.class, name), script);
    }

    /** Runs a pipeline to its end in this job, in the sandbox. */
    final WorkflowRun run(WorkflowJob job, String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart());
    }
}
