package hudson.model;

import hudson.ExtensionPoint;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import java.io.File;
import java.io.IOException;
import jenkins.model.Jenkins;

/** An agent as it is configured: by its name. */
public abstract class Node implements ModelObject, ExtensionPoint, AccessControlled, PersistenceRoot {

    public abstract String getNodeName();

    @Override
    public String getDisplayName() {
        return getNodeName();
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
