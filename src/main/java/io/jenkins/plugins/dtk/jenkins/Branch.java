package io.jenkins.plugins.dtk.jenkins;

import io.jenkins.plugins.dtk.driver.BuildLog;
import java.io.Serializable;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What a step in a branch of {@code dtkBuild} can report to that step. It is in the context of everything in the branch. */
final class Branch implements Serializable {

    private static final long serialVersionUID = 1L;

    /** How our scripts begin the line that says why they failed. */
    private static final String FAILED = "dtk: failed: ";

    private final BuildExecution execution;

    /** Null in a build that was stored without them. */
    private final ImageRegistrations registrations;

    private final String name;

    Branch(BuildExecution execution, ImageRegistrations registrations, String name) {
        this.execution = execution;
        this.registrations = registrations;
        this.name = name;
    }

    String name() {
        return name;
    }

    /**
     * The branch, or the building in it, has started.
     *
     * @param node the ID of the flow node with its log; empty for none
     * @param agent the name of the agent that does the work; empty when unknown
     */
    void started(String node, String agent) {
        execution.note(books -> books.branchStarted(name, node, agent));
    }

    /**
     * The branch has failed in this step.
     *
     * @param node the ID of the flow node with its log; empty when unknown
     */
    void failedAt(String node) {
        if (!node.isEmpty()) {
            execution.note(books -> books.branchFailedAt(name, node));
        }
    }

    /** Whether it builds an image of a driver, and not a toolkit. */
    boolean isOfDriver() {
        return execution.driver() != null;
    }

    /**
     * A step of ours works for the branch on an agent.
     *
     * @param context of that step
     * @param signing with what it signs modules; null for nothing
     */
    void worksIn(StepContext context, Signing signing) {
        if (isOfDriver()) {
            execution.driver().worksIn(name, context, signing);
        }
    }

    /** A line of its log, without secrets. */
    void heard(String line) {
        if (line.startsWith(FAILED)) {
            said(line.substring(FAILED.length()).strip());
        } else if (isOfDriver()) {
            execution.driver().asks(name, line);
            BuildLog.sourceError(line)
                    .ifPresent(error -> execution.note(books -> books.branchDidNotCompile(name, error)));
            DriverRun.toolkit(line).ifPresent(toolkit -> execution.note(books -> books.branchTook(name, toolkit)));
        }
        if (registrations != null && line.contains("RHSM")) {
            registrations.heard(line);
        }
    }

    private void said(String reason) {
        execution.note(books -> {
            if (isOfDriver()) {
                DriverRun.said(books, name, reason);
            } else {
                books.branchSaid(name, reason);
            }
        });
    }

    /**
     * The branch has ended.
     *
     * @param failure null when it ended well
     */
    void ended(Throwable failure) {
        execution.branchEnded(name, failure);
    }
}
