package org.kohsuke.stapler;

/** What answers a web request. */
public interface HttpResponse {}
