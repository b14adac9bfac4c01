package hudson.security;

/** Something that a user may be allowed to do. */
public final class Permission {

    public static final Permission HUDSON_ADMINISTER = new Permission(null, "Administer", null);
    public static final Permission FULL_CONTROL = new Permission(null, "FullControl", HUDSON_ADMINISTER);
    public static final Permission READ = new Permission(null, "GenericRead", HUDSON_ADMINISTER);
    public static final Permission CREATE = new Permission(null, "GenericCreate", HUDSON_ADMINISTER);
    public static final Permission UPDATE = new Permission(null, "GenericUpdate", HUDSON_ADMINISTER);
    public static final Permission DELETE = new Permission(null, "GenericDelete", UPDATE);
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

    @Override
    public String toString() {
        return "Permission[" + name + ']';
    }
}
