package com.cloudbees.plugins.credentials;

import com.cloudbees.plugins.credentials.common.IdCredentials;
import java.util.ArrayList;
import java.util.List;

/** Ways to pick credentials, and to put such ways together. */
public class CredentialsMatchers {

    private CredentialsMatchers() {}

    /** Those of a type. */
    @SuppressWarnings("rawtypes")
    public static CredentialsMatcher instanceOf(Class type) {
        return type::isInstance;
    }

    public static CredentialsMatcher withId(String id) {
        return item -> item instanceof IdCredentials named && named.getId().equals(id);
    }

    public static CredentialsMatcher anyOf(CredentialsMatcher... matchers) {
        List<CredentialsMatcher> all = List.of(matchers);
        return item -> all.stream().anyMatch(matcher -> matcher.matches(item));
    }

    public static <C extends Credentials> List<C> filter(List<C> credentials, CredentialsMatcher matcher) {
        List<C> matching = new ArrayList<>();
        for (C item : credentials) {
            if (matcher.matches(item)) {
                matching.add(item);
            }
        }
        return matching;
    }

    /** The first that matches; null when none does. */
    public static <C extends Credentials> C firstOrNull(Iterable<C> credentials, CredentialsMatcher matcher) {
        for (C item : credentials) {
            if (matcher.matches(item)) {
                return item;
            }
        }
        return null;
    }
}
