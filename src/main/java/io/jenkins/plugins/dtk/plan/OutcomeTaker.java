package io.jenkins.plugins.dtk.plan;

import io.jenkins.plugins.dtk.driver.Outcome;
import java.util.List;

/** Is given how each image of a driver ended. */
@FunctionalInterface
public interface OutcomeTaker {

    /**
     * One image.
     *
     * @param kernel as {@code uname -r} prints it
     * @param toolkits those that were tried, by digest: the last is what it is built with, unless none has the kernel
     * @param reason one line; empty where there is nothing to say
     * @param node the flow node with the log; empty where nothing was run
     */
    void take(String kernel, List<String> toolkits, Outcome outcome, String reason, String node);
}
