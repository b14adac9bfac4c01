package jenkins.model;

import hudson.ExtensionList;
import hudson.ProxyConfiguration;
import hudson.Util;
import hudson.model.Computer;
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
import jenkins.util.SystemProperties;
import org.springframework.security.core.Authentication;

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

    public static Jenkins getInstanceOrNull() {
        return INSTANCE;
    }

    public static Authentication getAuthentication2() {
        return ACL.SYSTEM2;
    }

    /** The system property JENKINS_HOME; without it {@code ~/.jenkins}. */
    @Override
    public File getRootDir() {
        String home = SystemProperties.getString("JENKINS_HOME");
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

    /** The descriptor whose id or class has this name; null when there is none. */
    @SuppressWarnings("rawtypes")
    public Descriptor getDescriptor(String idOrClassName) {
        for (Descriptor descriptor : ExtensionList.lookup(Descriptor.class)) {
            if (descriptor.getId().equals(idOrClassName)
                    || descriptor.clazz.getName().equals(idOrClassName)) {
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

    /** The descriptor of exactly this class; null when there is none. */
    @SuppressWarnings("rawtypes")
    public <T extends Descriptor> T getDescriptorByType(Class<T> type) {
        return ExtensionList.lookup(Descriptor.class).get(type);
    }

    public <T> ExtensionList<T> getExtensionList(Class<T> type) {
        return ExtensionList.lookup(type);
    }

    /** The proxy for HTTP; null when none is set. */
    public ProxyConfiguration getProxy() {
        return proxy;
    }

    public void setProxy(ProxyConfiguration proxy) {
        this.proxy = proxy;
    }

    /** The agents. */
    public List<Node> getNodes() {
        return List.copyOf(nodes);
    }

    public void addNode(Node node) throws IOException {
        removeNode(node);
        nodes.add(node);
    }

    public void removeNode(Node node) throws IOException {
        nodes.removeIf(old -> old.getNodeName().equals(node.getNodeName()));
    }

    /** The agent of this name; null when there is none. */
    public Node getNode(String name) {
        return nodes.stream()
                .filter(node -> node.getNodeName().equals(name))
                .findFirst()
                .orElse(null);
    }

    public Computer[] getComputers() {
        return nodes.stream().map(Node::toComputer).toArray(Computer[]::new);
    }

    /** The address of its pages; null, as it has none. */
    public String getRootUrl() {
        return Util.fixEmpty(SystemProperties.getString("jenkins.model.Jenkins.rootUrl"));
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
    public List<Item> getItems() {
        return List.of();
    }

    @Override
    public Item getItem(String name) {
        return null;
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
    public File getRootDirFor(Item child) {
        return new File(new File(getRootDir(), "jobs"), child.getName());
    }

    @Override
    public ACL getACL() {
        return ACL.lambda2((who, permission) -> true);
    }

    /** All of it lives as long as the process, so there is nothing to write. */
    @Override
    public synchronized void save() throws IOException {}
}
