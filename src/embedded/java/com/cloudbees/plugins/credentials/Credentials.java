package com.cloudbees.plugins.credentials;

import hudson.ExtensionPoint;
import hudson.model.Describable;
import hudson.model.Run;
import java.io.Serializable;

/** A secret of any kind. */
public interface Credentials extends Describable<Credentials>, Serializable, ExtensionPoint {

    /** Who may use them; may be null. */
    CredentialsScope getScope();

    @Override
    CredentialsDescriptor getDescriptor();

    /** What a run gets of them; they themselves unless it is something made for the run. */
    default Credentials forRun(Run<?, ?> context) {
        return this;
    }
}
