package hudson.security;

/** Something that not everyone may use. */
public interface AccessControlled {

    ACL getACL();

    /** Throws unless the current user has the permission. */
    default void checkPermission(Permission permission) {
        getACL().checkPermission(permission);
    }

    default boolean hasPermission(Permission permission) {
        return getACL().hasPermission(permission);
    }
}
