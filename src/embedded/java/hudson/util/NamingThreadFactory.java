package hudson.util;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Names the threads of another factory {@code NAME [#1]}, {@code NAME [#2]} and so on. */
public final class NamingThreadFactory implements ThreadFactory {

    private final AtomicInteger count = new AtomicInteger();
    private final ThreadFactory delegate;
    private final String name;

    public NamingThreadFactory(ThreadFactory delegate, String name) {
        this.delegate = delegate;
        this.name = name;
    }

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = delegate.newThread(work);
        thread.setName(name + " [#" + count.incrementAndGet() + "]");
        return thread;
    }
}
