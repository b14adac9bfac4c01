package hudson.model;

import hudson.security.AccessControlled;
import hudson.security.Permission;
import jenkins.model.FullyNamed;
import jenkins.model.FullyNamedModelObject;

/** Something in the tree of jobs and folders. */
public interface Item extends PersistenceRoot, FullyNamed, FullyNamedModelObject, AccessControlled {

    Permission CONFIGURE = new Permission(null, "Configure", Permission.CONFIGURE);
    Permission EXTENDED_READ = new Permission(null, "ExtendedRead", CONFIGURE);

    ItemGroup<? extends Item> getParent();

    /** The name within its parent. */
    String getName();

    /** The address under the root, with a {@code /} at its end. */
    String getUrl();
}
