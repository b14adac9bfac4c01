package jenkins.util;

import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** The threads for short work at a later time. */
public class Timer {

    private static ScheduledExecutorService executor;

    private Timer() {}

    /** The shared threads; daemons, so that they keep no process alive. */
    public static synchronized ScheduledExecutorService get() {
        if (executor == null) {
            executor = new ScheduledThreadPoolExecutor(
                    10, new NamingThreadFactory(new DaemonThreadFactory(), "jenkins.util.Timer"));
        }
        return executor;
    }
}
