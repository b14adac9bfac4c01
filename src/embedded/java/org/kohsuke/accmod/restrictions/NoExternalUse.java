package org.kohsuke.accmod.restrictions;

/** For use in the same plugin alone. */
public class NoExternalUse {}
