package com.cloudbees.plugins.credentials;

import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.Permission;
import hudson.util.ListBoxModel;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** A place that credentials come from; and, by its static methods, the way to look them up in all of them. */
public abstract class CredentialsProvider extends Descriptor<CredentialsProvider>
        implements ExtensionPoint, Describable<CredentialsProvider> {

    /** To use the credentials of a job. */
    public static final Permission USE_ITEM = new Permission(null, "UseItem", Item.CONFIGURE);

    /** To see the credentials of a place. */
    public static final Permission VIEW = new Permission(null, "View", Jenkins.ADMINISTER);

    @SuppressWarnings("unchecked")
    public CredentialsProvider() {
        super(self());
    }

    @Override
    public Descriptor<CredentialsProvider> getDescriptor() {
        return this;
    }

    public static ExtensionList<CredentialsProvider> all() {
        return ExtensionList.lookup(CredentialsProvider.class);
    }

    /** What this place has of a type for an item as someone. */
    public <C extends Credentials> List<C> getCredentialsInItem(
            Class<C> type, Item item, Authentication authentication, List<DomainRequirement> requirements) {
        ItemGroup<?> group = item == null ? Jenkins.get() : item.getParent();
        return getCredentialsInItemGroup(type, group, authentication, requirements);
    }

    /** What this place has of a type for a folder as someone. */
    public <C extends Credentials> List<C> getCredentialsInItemGroup(
            Class<C> type, ItemGroup<?> group, Authentication authentication, List<DomainRequirement> requirements) {
        return List.of();
    }

    /** All of a type that an item, or for null Jenkins itself, may use as someone. */
    public static <C extends Credentials> List<C> lookupCredentialsInItem(
            Class<C> type, Item item, Authentication authentication, List<DomainRequirement> requirements) {
        List<C> found = new ArrayList<>();
        for (CredentialsProvider provider : all()) {
            found.addAll(provider.getCredentialsInItem(type, item, authentication, requirements));
        }
        return found;
    }

    /** A drop-down list of those of a type that match and that an item may use as someone. */
    public static <C extends IdCredentials> ListBoxModel listCredentialsInItem(
            Class<C> type,
            Item item,
            Authentication authentication,
            List<DomainRequirement> requirements,
            CredentialsMatcher matcher) {
        return list(lookupCredentialsInItem(type, item, authentication, requirements), matcher);
    }

    private static <C extends IdCredentials> ListBoxModel list(List<C> credentials, CredentialsMatcher matcher) {
        StandardListBoxModel list = new StandardListBoxModel();
        for (C item : CredentialsMatchers.filter(credentials, matcher)) {
            if (item instanceof StandardCredentials standard) {
                list.with(standard);
            } else {
                list.add(item.getId());
            }
        }
        return list;
    }

    /** The credentials with an id and of a type that a run may use; null when there are none. */
    public static <C extends IdCredentials> C findCredentialById(
            String id, Class<C> type, Run<?, ?> run, DomainRequirement... requirements) {
        return findCredentialById(id, type, run, List.of(requirements));
    }

    /** The credentials with an id and of a type that a run may use; null when there are none. */
    public static <C extends IdCredentials> C findCredentialById(
            String id, Class<C> type, Run<?, ?> run, List<DomainRequirement> requirements) {
        C found = CredentialsMatchers.firstOrNull(
                lookupCredentialsInItem(type, run.getParent(), ACL.SYSTEM2, requirements),
                CredentialsMatchers.withId(id));
        Credentials forRun = found == null ? null : found.forRun(run);
        return type.isInstance(forRun) ? type.cast(forRun) : null;
    }

    /** Notes that a run used credentials; nothing here asks for it later. Returns them. */
    public static <C extends Credentials> C track(Run<?, ?> run, C credentials) {
        return credentials;
    }
}
