package io.jenkins.plugins.dtk.registry;

import io.jenkins.plugins.dtk.http.HttpSettings;

/** The settings of a client, as its builder collected them. */
record ClientSettings(RegistryCredentials credentials, Locations locations, Mirrors mirrors, HttpSettings http) {}
