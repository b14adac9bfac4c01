package jenkins.model;

import hudson.ExtensionList;
import hudson.ProxyConfiguration;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import java.io.File;
import java.io.IOException;
import org.springframework.security.core.Authentication;

/** The root of everything. Here it stands for this process: it lists no jobs, and has one user, who may do all. */
public class Jenkins implements ItemGroup<Item>, AccessControlled {

    public static final Permission ADMINISTER = Permission.HUDSON_ADMINISTER;

    private static final Jenkins INSTANCE = new Jenkins();

    private Jenkins() {}

    public static Jenkins get() {
        return INSTANCE;
    }

    /** The system property JENKINS_HOME; without it {@code ~/.jenkins}. */
    @Override
    public File getRootDir() {
        String home = System.getProperty("JENKINS_HOME");
        return home != null ? new File(home) : new File(System.getProperty("user.home"), ".jenkins");
    }

    /** The descriptor of a class of things, which must be there. */
    @SuppressWarnings("rawtypes")
    public Descriptor getDescriptorOrDie(Class<? extends Describable> type) {
        for (Descriptor descriptor : ExtensionList.lookup(Descriptor.class)) {
            if (descriptor.clazz == type) {
                return descriptor;
            }
        }
        throw new AssertionError(type + " has no descriptor: is its @Extension missing?");
    }

    /** The proxy for HTTP: null, because none is set here. */
    public ProxyConfiguration getProxy() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return "Jenkins";
    }

    @Override
    public String getFullName() {
        return "";
    }

    @Override
    public String getFullDisplayName() {
        return "";
    }

    @Override
    public ACL getACL() {
        return new ACL() {
            @Override
            public boolean hasPermission2(Authentication who, Permission permission) {
                return true;
            }
        };
    }

    /** All of it lives as long as the process, so there is nothing to write. */
    @Override
    public synchronized void save() throws IOException {}
}
