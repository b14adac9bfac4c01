package com.cloudbees.plugins.credentials;

import java.io.Serializable;

/** Picks credentials. */
@FunctionalInterface
public interface CredentialsMatcher extends Serializable {

    boolean matches(Credentials item);
}
