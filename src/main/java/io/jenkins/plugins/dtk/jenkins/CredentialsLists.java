package io.jenkins.plugins.dtk.jenkins;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.model.Item;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Fills the lists of credentials in forms. Who may not use credentials here sees the present value alone. */
final class CredentialsLists {

    private CredentialsLists() {}

    /** Users with passwords. */
    static ListBoxModel logins(Item item, String current) {
        return list(item, current, CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class));
    }

    /** Secret texts. */
    static ListBoxModel texts(Item item, String current) {
        return list(item, current, CredentialsMatchers.instanceOf(StringCredentials.class));
    }

    /** Secret files and secret texts. */
    static ListBoxModel filesAndTexts(Item item, String current) {
        return list(
                item,
                current,
                CredentialsMatchers.anyOf(
                        CredentialsMatchers.instanceOf(FileCredentials.class),
                        CredentialsMatchers.instanceOf(StringCredentials.class)));
    }

    private static ListBoxModel list(Item item, String current, CredentialsMatcher matcher) {
        StandardListBoxModel list = new StandardListBoxModel();
        String value = current == null ? "" : current;
        if (!mayList(item)) {
            return list.includeCurrentValue(value);
        }
        return list.includeEmptyValue()
                .includeMatchingAs(ACL.SYSTEM2, item, StandardCredentials.class, List.of(), matcher)
                .includeCurrentValue(value);
    }

    /** As the guide for users of the credentials plugin has it (jenkinsci/credentials-plugin docs/consumer.adoc). */
    private static boolean mayList(Item item) {
        return item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
    }
}
