package com.cloudbees.plugins.credentials.common;

/** Credentials with an id and a text that says what they are for. */
public interface StandardCredentials extends IdCredentials {

    String getDescription();
}
