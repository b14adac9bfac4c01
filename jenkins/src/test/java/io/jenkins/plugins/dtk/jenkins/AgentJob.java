package io.jenkins.plugins.dtk.jenkins;

import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A job in a Jenkins of its own process, on an agent that connects to the controller as agents do. */
final class AgentJob {

    static final String AGENT = "builder";
    private static final String JOB = "nightly";

    private AgentJob() {}

    /** Starts a controller, and an agent with the label {@code podman}. */
    static void connect(RealJenkinsExtension controller, InboundAgentExtension agents) throws Throwable {
        controller.startJenkins();
        agents.createAgent(
                controller,
                InboundAgentExtension.Options.newBuilder()
                        .name(AGENT)
                        .label("podman")
                        .webSocket()
                        .build());
    }

    /** Runs in the controller, as the others below. */
    static void start(JenkinsRule jenkins, SiteSetup setup, String script) throws Throwable {
        setup.apply();
        jenkins.jenkins.setNumExecutors(0);
        jenkins.jenkins.save();
        Scripts.job(jenkins, JOB, script).scheduleBuild2(0).waitForStart();
    }

    static void awaitAnImageInTheMaking(JenkinsRule jenkins) throws Throwable {
        jenkins.waitForMessage("dtk: building ", run(jenkins, 1));
    }

    static WorkflowJob job(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName(JOB, WorkflowJob.class);
    }

    static WorkflowRun run(JenkinsRule jenkins, int number) {
        return job(jenkins).getBuildByNumber(number);
    }
}
