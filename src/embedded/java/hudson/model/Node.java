package hudson.model;

import hudson.ExtensionPoint;
import hudson.FilePath;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import java.io.File;
import java.io.IOException;
import jenkins.model.Jenkins;

/** An agent as it is configured: name, labels, number of executors. */
public abstract class Node implements ModelObject, ExtensionPoint, AccessControlled, PersistenceRoot {

    private Computer computer;

    public abstract String getNodeName();

    public abstract String getNodeDescription();

    /** How many blocks of {@code node} it takes at once. */
    public abstract int getNumExecutors();

    /** The labels with spaces between. */
    public abstract String getLabelString();

    /** The agent's own folder. */
    public abstract FilePath getRootPath();

    protected abstract Computer createComputer();

    @Override
    public String getDisplayName() {
        return getNodeName();
    }

    /** The running agent. */
    public final synchronized Computer toComputer() {
        if (computer == null) {
            computer = createComputer();
        }
        return computer;
    }

    @Override
    public File getRootDir() {
        return new File(new File(Jenkins.get().getRootDir(), "nodes"), getNodeName());
    }

    @Override
    public ACL getACL() {
        return Jenkins.get().getACL();
    }

    /** Agents live as long as the process, so there is nothing to write. */
    @Override
    public void save() throws IOException {}
}
