package com.cloudbees.plugins.credentials;

import hudson.ExtensionPoint;
import hudson.model.Describable;
import java.io.Serializable;

/** A secret of any kind. */
public interface Credentials extends Describable<Credentials>, Serializable, ExtensionPoint {}
