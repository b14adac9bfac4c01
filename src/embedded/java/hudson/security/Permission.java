package hudson.security;

/** Something that a user may be allowed to do. */
public final class Permission {

    public static final Permission HUDSON_ADMINISTER = new Permission(null, "Administer", null);
    public static final Permission UPDATE = new Permission(null, "GenericUpdate", HUDSON_ADMINISTER);
    public static final Permission CONFIGURE = new Permission(null, "GenericConfigure", UPDATE);

    public final PermissionGroup group;
    public final String name;
    /** Whoever has that one has this one too. */
    public final Permission impliedBy;

    public Permission(PermissionGroup group, String name, Permission impliedBy) {
        this.group = group;
        this.name = name;
        this.impliedBy = impliedBy;
    }
}
