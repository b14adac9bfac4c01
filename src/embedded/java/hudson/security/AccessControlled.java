package hudson.security;

/** Something that not everyone may use. */
public interface AccessControlled {

    ACL getACL();

    default boolean hasPermission(Permission permission) {
        return getACL().hasPermission(permission);
    }
}
