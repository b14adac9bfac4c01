package com.cloudbees.plugins.credentials;

import com.cloudbees.plugins.credentials.common.IdCredentials;
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
import java.util.List;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** A place that credentials come from; and, by its static methods, the way to look them up in all of them. */
public abstract class CredentialsProvider extends Descriptor<CredentialsProvider>
        implements ExtensionPoint, Describable<CredentialsProvider> {

    /** To use the credentials of a job. */
    public static final Permission USE_ITEM = new Permission(null, "UseItem", Item.CONFIGURE);

    @SuppressWarnings("unchecked")
    public CredentialsProvider() {
        super(self());
    }

    @Override
    public Descriptor<CredentialsProvider> getDescriptor() {
        return this;
    }

    /** What this place has of a type for a folder as someone. */
    public abstract <C extends Credentials> List<C> getCredentialsInItemGroup(
            Class<C> type, ItemGroup<?> group, Authentication authentication, List<DomainRequirement> requirements);

    /** All of a type that an item, or for null Jenkins itself, may use as someone. */
    public static <C extends Credentials> List<C> lookupCredentialsInItem(
            Class<C> type, Item item, Authentication authentication, List<DomainRequirement> requirements) {
        ItemGroup<?> group = item == null ? Jenkins.get() : item.getParent();
        return ExtensionList.lookup(CredentialsProvider.class).stream()
                .flatMap(place -> place.getCredentialsInItemGroup(type, group, authentication, requirements).stream())
                .toList();
    }

    /** The credentials with an id and of a type that a run may use; null when there are none. */
    public static <C extends IdCredentials> C findCredentialById(
            String id, Class<C> type, Run<?, ?> run, DomainRequirement... requirements) {
        return lookupCredentialsInItem(type, run.getParent(), ACL.SYSTEM2, List.of(requirements)).stream()
                .filter(credentials -> credentials.getId().equals(id))
                .findFirst()
                .orElse(null);
    }

    /** Notes that a run used credentials; nothing here asks for it later. Returns them. */
    public static <C extends Credentials> C track(Run<?, ?> run, C credentials) {
        return credentials;
    }
}
