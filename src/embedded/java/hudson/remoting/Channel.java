package hudson.remoting;

/** A connection to another process. Here everything is in one, so there is none. */
public class Channel implements VirtualChannel {

    private Channel() {}

    /** The connection that something is being sent over or was received from, in this thread; null otherwise. */
    public static Channel current() {
        return null;
    }
}
