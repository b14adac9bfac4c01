package org.jenkinsci.plugins.plaincredentials;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.util.Secret;

/** A secret text. */
public interface StringCredentials extends StandardCredentials {

    Secret getSecret();
}
