package com.cloudbees.plugins.credentials;

/** Who may use credentials. */
public enum CredentialsScope {
    /** Jenkins itself, but no job. */
    SYSTEM,
    /** Everyone who may use the place that they are kept in. */
    GLOBAL,
    /** The user that they belong to. */
    USER
}
