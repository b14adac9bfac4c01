package io.jenkins.plugins.dtk.jenkins;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.dtk.driver.AgentFit;
import java.io.File;
import java.io.IOException;
import java.util.Optional;
import jenkins.MasterToSlaveFileCallable;

/** Checks on the agent whether the modules of a built image fit their kernel, and leaves the answer there. */
final class FitOnAgent extends MasterToSlaveFileCallable<Void> {

    private static final long serialVersionUID = 1L;

    private final String kernel;
    private final Signing.Material signing;

    /**
     * @param kernel as {@code uname -r} prints it
     * @param signing null: the modules stay as they are
     */
    FitOnAgent(String kernel, Signing.Material signing) {
        this.kernel = kernel;
        this.signing = signing;
    }

    @Override
    public Void invoke(File folder, VirtualChannel channel) throws IOException, InterruptedException {
        new AgentFit(folder.toPath())
                .answer(kernel, Optional.ofNullable(signing).map(with -> with.signing(folder.toPath())));
        return null;
    }
}
