package jenkins.model;

import hudson.ExtensionList;
import hudson.ProxyConfiguration;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Node;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The root of everything. Here it stands for this process: it lists no jobs, and has one user, who may do all. */
public class Jenkins implements ItemGroup<Item>, AccessControlled {

    public static final Permission ADMINISTER = Permission.HUDSON_ADMINISTER;
    public static final Permission READ = new Permission(null, "Read", Permission.READ);
    public static final Permission MANAGE = new Permission(null, "Manage", ADMINISTER);
    public static final Permission SYSTEM_READ = new Permission(null, "SystemRead", ADMINISTER);

    private static final Jenkins INSTANCE = new Jenkins();

    private final List<Node> nodes = new CopyOnWriteArrayList<>();
    private volatile ProxyConfiguration proxy;

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

    /** The descriptor of a class of things; null when there is none. */
    @SuppressWarnings("rawtypes")
    public Descriptor getDescriptor(Class<? extends Describable> type) {
        for (Descriptor descriptor : ExtensionList.lookup(Descriptor.class)) {
            if (descriptor.clazz == type) {
                return descriptor;
            }
        }
        return null;
    }

    /** The descriptor of a class of things, which must be there. */
    @SuppressWarnings("rawtypes")
    public Descriptor getDescriptorOrDie(Class<? extends Describable> type) {
        Descriptor descriptor = getDescriptor(type);
        if (descriptor == null) {
            throw new AssertionError(type + " has no descriptor: is its @Extension missing?");
        }
        return descriptor;
    }

    /** The proxy for HTTP; null when none is set. */
    public ProxyConfiguration getProxy() {
        return proxy;
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
    public String getUrl() {
        return "";
    }

    @Override
    public String getUrlChildPrefix() {
        return "job";
    }

    @Override
    public ACL getACL() {
        return ACL.lambda2((who, permission) -> true);
    }

    /** All of it lives as long as the process, so there is nothing to write. */
    @Override
    public synchronized void save() throws IOException {}
}
