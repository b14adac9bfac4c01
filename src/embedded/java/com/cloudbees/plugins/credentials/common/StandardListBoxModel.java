package com.cloudbees.plugins.credentials.common;

import hudson.Util;

/** A drop-down list of credentials that have a description. */
public class StandardListBoxModel extends AbstractIdCredentialsListBoxModel<StandardListBoxModel, StandardCredentials> {

    private static final long serialVersionUID = 1L;

    @Override
    protected String describe(StandardCredentials credentials) {
        String description = Util.fixEmptyAndTrim(credentials.getDescription());
        return description == null ? credentials.getId() : credentials.getId() + " (" + description + ')';
    }
}
