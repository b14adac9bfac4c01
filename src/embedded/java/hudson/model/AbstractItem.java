package hudson.model;

import hudson.security.ACL;
import hudson.security.AccessControlled;
import java.io.File;
import java.io.IOException;
import jenkins.model.Jenkins;

/** What all items share: name and parent, which here is the root. */
public abstract class AbstractItem extends Actionable implements Item, AccessControlled {

    protected transient String name;
    private final transient ItemGroup<?> parent;

    protected AbstractItem(ItemGroup<?> parent, String name) {
        this.parent = parent;
        this.name = name;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getDisplayName() {
        return name;
    }

    @Override
    public ItemGroup<?> getParent() {
        return parent;
    }

    @Override
    public final String getFullName() {
        return name;
    }

    @Override
    public final String getFullDisplayName() {
        return name;
    }

    @Override
    public final String getUrl() {
        return "job/" + name + '/';
    }

    @Override
    public File getRootDir() {
        return new File(new File(parent.getRootDir(), "jobs"), name);
    }

    /** Everyone may do everything: there is one user. */
    @Override
    public ACL getACL() {
        return Jenkins.get().getACL();
    }

    /** Items live as long as the process, so there is nothing to write. */
    @Override
    public synchronized void save() throws IOException {}
}
