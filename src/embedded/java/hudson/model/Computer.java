package hudson.model;

import hudson.EnvVars;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import java.io.IOException;
import java.net.InetAddress;

/** An agent as it runs. */
public abstract class Computer extends Actionable implements AccessControlled {

    protected String nodeName;
    private final Node node;

    protected Computer(Node node) {
        this.node = node;
        this.nodeName = node.getNodeName();
    }

    public Node getNode() {
        return node;
    }

    public String getName() {
        return nodeName;
    }

    @Override
    public String getDisplayName() {
        return nodeName;
    }

    public int getNumExecutors() {
        return node.getNumExecutors();
    }

    public abstract Boolean isUnix();

    public final boolean isOffline() {
        return !isOnline();
    }

    /** An agent in this process is always there. */
    public boolean isOnline() {
        return true;
    }

    /** The variables that programs on the agent start from. */
    public EnvVars getEnvironment() throws IOException, InterruptedException {
        return new EnvVars(System.getenv());
    }

    public String getHostName() throws IOException, InterruptedException {
        return InetAddress.getLocalHost().getHostName();
    }

    @Override
    public ACL getACL() {
        return node.getACL();
    }
}
