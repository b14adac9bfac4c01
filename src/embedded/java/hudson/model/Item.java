package hudson.model;

import hudson.security.AccessControlled;
import hudson.security.Permission;
import java.io.IOException;
import jenkins.model.FullyNamed;
import jenkins.model.FullyNamedModelObject;

/** Something in the tree of jobs and folders. */
public interface Item extends PersistenceRoot, FullyNamed, FullyNamedModelObject, AccessControlled {

    Permission CREATE = new Permission(null, "Create", Permission.CREATE);
    Permission DELETE = new Permission(null, "Delete", Permission.DELETE);
    Permission CONFIGURE = new Permission(null, "Configure", Permission.CONFIGURE);
    Permission READ = new Permission(null, "Read", Permission.READ);
    Permission EXTENDED_READ = new Permission(null, "ExtendedRead", CONFIGURE);
    Permission BUILD = new Permission(null, "Build", Permission.UPDATE);
    Permission WORKSPACE = new Permission(null, "Workspace", Permission.READ);
    Permission CANCEL = new Permission(null, "Cancel", BUILD);

    ItemGroup<? extends Item> getParent();

    /** The name within its parent. */
    String getName();

    /** The names from the root on, with {@code /} between. */
    @Override
    String getFullName();

    @Override
    String getDisplayName();

    /** The address under the root, with a {@code /} at its end. */
    String getUrl();

    @Override
    void save() throws IOException;
}
