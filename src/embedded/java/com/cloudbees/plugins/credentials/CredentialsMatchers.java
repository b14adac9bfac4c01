package com.cloudbees.plugins.credentials;

import java.util.List;

/** Ways to pick credentials, and to put such ways together. */
public class CredentialsMatchers {

    private CredentialsMatchers() {}

    /** Those of a type. */
    @SuppressWarnings("rawtypes")
    public static CredentialsMatcher instanceOf(Class type) {
        return type::isInstance;
    }

    public static CredentialsMatcher anyOf(CredentialsMatcher... matchers) {
        List<CredentialsMatcher> all = List.of(matchers);
        return item -> all.stream().anyMatch(matcher -> matcher.matches(item));
    }
}
