package hudson.security;

/** Permissions of one subject. With one user, who may do everything, no permission here needs a group. */
public final class PermissionGroup {

    private PermissionGroup() {}
}
