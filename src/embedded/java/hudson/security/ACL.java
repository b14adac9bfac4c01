package hudson.security;

import org.springframework.security.core.Authentication;

/** Who may do what. */
public abstract class ACL {

    /** Jenkins itself, which may do everything. */
    public static final Authentication SYSTEM2 = () -> "SYSTEM";

    /** Whether someone has a permission. */
    public abstract boolean hasPermission2(Authentication who, Permission permission);

    public final boolean hasPermission(Permission permission) {
        return hasPermission2(SYSTEM2, permission);
    }
}
