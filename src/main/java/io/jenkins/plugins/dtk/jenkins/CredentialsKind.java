package io.jenkins.plugins.dtk.jenkins;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.model.Item;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.dtk.text.Quote;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * The kinds of credentials that fields of forms take: what their lists offer, and what is said of an ID that is not
 * among it. Who may not use credentials here sees the present value alone, and learns nothing of others.
 */
enum CredentialsKind {
    /** A user with a password. */
    LOGIN("user name with password", CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class)),

    /** A secret text. */
    TEXT("secret text", CredentialsMatchers.instanceOf(StringCredentials.class)),

    /** A secret file or a secret text. */
    FILE_OR_TEXT(
            "secret file or secret text",
            CredentialsMatchers.anyOf(
                    CredentialsMatchers.instanceOf(FileCredentials.class),
                    CredentialsMatchers.instanceOf(StringCredentials.class)));

    private final String words;
    private final CredentialsMatcher matcher;

    CredentialsKind(String words, CredentialsMatcher matcher) {
        this.words = words;
        this.matcher = matcher;
    }

    /** The list of a field. */
    ListBoxModel items(Item item, String current) {
        String value = current == null ? "" : current;
        return mayList(item)
                ? usable(item).includeCurrentValue(value)
                : new StandardListBoxModel().includeCurrentValue(value);
    }

    /** Checks that there is such a credential. */
    FormValidation check(Item item, String id) {
        if (id == null || id.isBlank() || !mayList(item)) {
            return FormValidation.ok();
        }
        String wanted = id.strip();
        return usable(item).stream().anyMatch(option -> option.value.equals(wanted))
                ? FormValidation.ok()
                : FormValidation.warning("no credential of the kind " + words + " with the ID " + Quote.of(wanted)
                        + " is found here; add one, or choose another");
    }

    private StandardListBoxModel usable(Item item) {
        StandardListBoxModel list = new StandardListBoxModel();
        list.includeEmptyValue().includeMatchingAs(ACL.SYSTEM2, item, StandardCredentials.class, List.of(), matcher);
        return list;
    }

    /** As the guide for users of the credentials plugin has it (jenkinsci/credentials-plugin docs/consumer.adoc). */
    private static boolean mayList(Item item) {
        return item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
    }
}
