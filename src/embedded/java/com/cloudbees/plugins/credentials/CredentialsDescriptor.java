package com.cloudbees.plugins.credentials;

import hudson.model.Descriptor;

/** What is known of a kind of credentials. */
public abstract class CredentialsDescriptor extends Descriptor<Credentials> {

    protected CredentialsDescriptor() {}
}
