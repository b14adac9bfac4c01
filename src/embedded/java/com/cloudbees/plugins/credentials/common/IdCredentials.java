package com.cloudbees.plugins.credentials.common;

import com.cloudbees.plugins.credentials.Credentials;

/** Credentials with an id, by which pipelines name them. */
public interface IdCredentials extends Credentials {

    String getId();
}
