package io.jenkins.plugins.dtk.jenkins;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.dtk.driver.AgentFit;
import java.io.File;
import java.io.IOException;
import jenkins.MasterToSlaveFileCallable;

/** Checks on the agent whether the modules of a built image fit their kernel, and leaves the answer there. */
final class FitOnAgent extends MasterToSlaveFileCallable<Void> {

    private static final long serialVersionUID = 1L;

    private final String kernel;

    /** @param kernel as {@code uname -r} prints it */
    FitOnAgent(String kernel) {
        this.kernel = kernel;
    }

    @Override
    public Void invoke(File folder, VirtualChannel channel) throws IOException {
        new AgentFit(folder.toPath()).answer(kernel);
        return null;
    }
}
