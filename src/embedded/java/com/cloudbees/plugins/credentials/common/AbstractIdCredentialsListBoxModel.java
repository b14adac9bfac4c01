package com.cloudbees.plugins.credentials.common;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import java.util.List;
import org.springframework.security.core.Authentication;

/**
 * A drop-down list of credentials, filled step by step; no id is listed twice.
 *
 * @param <T> the list's own type
 * @param <C> the kind of credentials
 */
public abstract class AbstractIdCredentialsListBoxModel<
                T extends AbstractIdCredentialsListBoxModel<T, C>, C extends IdCredentials>
        extends ListBoxModel {

    private static final long serialVersionUID = 1L;

    /** The text of one choice. */
    protected abstract String describe(C credentials);

    /** Adds one, unless it is null or listed. */
    public AbstractIdCredentialsListBoxModel<T, C> with(C credentials) {
        if (credentials != null && !lists(credentials.getId())) {
            add(describe(credentials), credentials.getId());
        }
        return this;
    }

    /** Adds the choice of none, first. */
    public AbstractIdCredentialsListBoxModel<T, C> includeEmptyValue() {
        if (!lists("")) {
            add(0, new Option("- none -", ""));
        }
        return this;
    }

    /** Adds all of a type that match and that an item, or for null Jenkins itself, may use as someone. */
    public AbstractIdCredentialsListBoxModel<T, C> includeMatchingAs(
            Authentication authentication,
            Item context,
            Class<? extends C> type,
            List<DomainRequirement> requirements,
            CredentialsMatcher matcher) {
        CredentialsProvider.lookupCredentialsInItem(type, context, authentication, requirements).stream()
                .filter(matcher::matches)
                .forEach(this::with);
        return this;
    }

    /** Adds the value that is set now, if it is not listed, so that a form does not lose it. */
    public AbstractIdCredentialsListBoxModel<T, C> includeCurrentValue(String value) {
        if (!value.isEmpty() && !lists(value)) {
            add("- current -", value);
        }
        return this;
    }

    private boolean lists(String id) {
        return stream().anyMatch(option -> option.value.equals(id));
    }
}
