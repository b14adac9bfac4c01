package hudson.model;

import hudson.security.ACL;
import hudson.security.AccessControlled;

/** An agent as it runs. */
public abstract class Computer extends Actionable implements AccessControlled {

    private final Node node;

    protected Computer(Node node) {
        this.node = node;
    }

    @Override
    public String getDisplayName() {
        return node.getNodeName();
    }

    @Override
    public ACL getACL() {
        return node.getACL();
    }
}
