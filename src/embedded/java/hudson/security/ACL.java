package hudson.security;

import java.util.function.BiFunction;
import org.springframework.security.core.Authentication;

/** Who may do what. */
public abstract class ACL {

    public static final String SYSTEM_USERNAME = "SYSTEM";

    /** Jenkins itself, which may do everything. */
    public static final Authentication SYSTEM2 = new Authentication() {
        @Override
        public String getName() {
            return SYSTEM_USERNAME;
        }

        @Override
        public String toString() {
            return SYSTEM_USERNAME;
        }
    };

    /** Whether someone has a permission. */
    public abstract boolean hasPermission2(Authentication who, Permission permission);

    public final boolean hasPermission(Permission permission) {
        return hasPermission2(SYSTEM2, permission);
    }

    /** One that asks a function. */
    public static ACL lambda2(BiFunction<Authentication, Permission, Boolean> decision) {
        return new ACL() {
            @Override
            public boolean hasPermission2(Authentication who, Permission permission) {
                return decision.apply(who, permission);
            }
        };
    }
}
