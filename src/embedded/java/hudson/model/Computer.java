package hudson.model;

import hudson.EnvVars;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import java.io.IOException;

/** An agent as it runs. */
public abstract class Computer extends Actionable implements AccessControlled {

    protected String nodeName;
    private final Node node;

    protected Computer(Node node) {
        this.node = node;
        this.nodeName = node.getNodeName();
    }

    @Override
    public String getDisplayName() {
        return nodeName;
    }

    public abstract Boolean isUnix();

    /** The variables that programs on the agent start from. */
    public EnvVars getEnvironment() throws IOException, InterruptedException {
        return new EnvVars(System.getenv());
    }

    @Override
    public ACL getACL() {
        return node.getACL();
    }
}
