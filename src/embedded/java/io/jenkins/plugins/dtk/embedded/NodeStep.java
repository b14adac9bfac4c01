package io.jenkins.plugins.dtk.embedded;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** {@code node}: runs its block on an executor of the agent, in a workspace that is its own meanwhile. */
record NodeStep(String label) implements BuiltIn {

    private static final String COOKIE = "JENKINS_NODE_COOKIE";

    @Override
    public Object run(EngineContext context) throws Exception {
        LocalAgent agent = context.run().settings().agent();
        if (!LabelExpression.matches(label, agent.labels())) {
            throw new AbortException("node: no agent fits the label '" + label + "'; the agent of this machine has "
                    + String.join(", ", agent.labels()));
        }
        if (context.contexts().count(Contexts.Slot.class) >= agent.executors()) {
            throw new AbortException("node: the blocks of node around this one hold all " + agent.executors()
                    + " executors, so it would wait for ever; allow more executors, or put it beside them");
        }
        PrintStream log = context.log();
        Executors executors = context.run().settings().executors();
        int executor = executors.take(log);
        String cookie = UUID.randomUUID().toString();
        try {
            Path workspace = Files.createDirectories(executors.workspace(executor));
            log.println("Running on " + LocalAgent.NAME + " in " + workspace);
            EnvVars variables = variables(agent, executor, workspace.toString(), cookie);
            Contexts.Slot slot = new Contexts.Slot(executor, agent.environment(), variables);
            return context.runBody(agent, agent.computer(), new FilePath(workspace.toFile()), slot);
        } finally {
            endProcesses(cookie);
            executors.release(executor);
        }
    }

    private static EnvVars variables(LocalAgent agent, int executor, String workspace, String cookie) {
        return new EnvVars(
                "NODE_NAME",
                LocalAgent.NAME,
                "NODE_LABELS",
                String.join(" ", agent.labels()),
                "EXECUTOR_NUMBER",
                Integer.toString(executor),
                "WORKSPACE",
                workspace,
                "WORKSPACE_TMP",
                workspace + "@tmp",
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
