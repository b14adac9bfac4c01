package hudson.remoting;

/** The way to an agent. Here every agent is this process, so nothing is ever sent over one. */
public interface VirtualChannel {}
