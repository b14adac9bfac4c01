package io.jenkins.plugins.dtk.embedded;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import java.io.PrintStream;
import java.util.UUID;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code node}: runs its block on an executor of the agent, in a workspace that is its own meanwhile. */
final class NodeStep extends BuiltIn {

    private static final String COOKIE = "JENKINS_NODE_COOKIE";

    private final String label;

    @DataBoundConstructor
    NodeStep(String label) {
        this.label = label;
    }

    @Override
    Object run(EngineContext context) throws Exception {
        LocalAgent agent = context.run().settings().agent();
        if (!LabelExpression.matches(label, agent.labels())) {
            throw new AbortException("node: no agent fits the label '" + label + "'; the agent of this machine has "
                    + String.join(", ", agent.labels()));
        }
        if (context.contexts().count(Contexts.Slot.class) >= agent.getNumExecutors()) {
            throw new AbortException("node: the blocks of node around this one hold all " + agent.getNumExecutors()
                    + " executors, so it would wait for ever; allow more executors, or put it beside them");
        }
        PrintStream log = FlowSteps.log(context);
        Executors executors = context.run().settings().executors();
        int executor = executors.take(log);
        String cookie = UUID.randomUUID().toString();
        try {
            FilePath workspace = executors.workspace(executor);
            workspace.mkdirs();
            log.println("Running on " + agent.getNodeName() + " in " + workspace);
            EnvVars variables = variables(agent, executor, workspace, cookie);
            EnvVars around = agent.toComputer().getEnvironment();
            return context.runBody(
                    agent, agent.toComputer(), workspace, new Contexts.Slot(executor, around, variables));
        } finally {
            endProcesses(cookie);
            executors.release(executor);
        }
    }

    private static EnvVars variables(LocalAgent agent, int executor, FilePath workspace, String cookie) {
        return new EnvVars(
                "NODE_NAME",
                agent.getNodeName(),
                "NODE_LABELS",
                agent.getLabelString(),
                "EXECUTOR_NUMBER",
                Integer.toString(executor),
                "WORKSPACE",
                workspace.getRemote(),
                "WORKSPACE_TMP",
                workspace.withSuffix("@tmp").getRemote(),
                COOKIE,
                cookie);
    }

    /** Ends what the block has left running, also when the run itself is being ended. */
    private static void endProcesses(String cookie) throws InterruptedException {
        boolean interrupted = Thread.interrupted();
        LocalProcesses.end(COOKIE, cookie);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
