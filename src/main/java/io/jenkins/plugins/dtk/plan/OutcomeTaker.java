package io.jenkins.plugins.dtk.plan;

import io.jenkins.plugins.dtk.driver.Outcome;

/** Is given how each image of a driver ended. */
@FunctionalInterface
public interface OutcomeTaker {

    /**
     * One image.
     *
     * @param kernel as {@code uname -r} prints it
     * @param toolkit that it is built with, by digest
     * @param reason one line; empty where there is nothing to say
     * @param node the flow node with the log; empty where nothing was run
     */
    void take(String kernel, String toolkit, Outcome outcome, String reason, String node);
}
