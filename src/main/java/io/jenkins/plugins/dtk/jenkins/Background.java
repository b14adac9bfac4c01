package io.jenkins.plugins.dtk.jenkins;

import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads that publish indexes: the step's own thread may not wait for a registry. */
final class Background {

    private static final int THREADS = 8;

    private static final ExecutorService POOL = pool();

    private Background() {}

    static Future<?> submit(Runnable work) {
        return POOL.submit(work);
    }

    private static ExecutorService pool() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new NamingThreadFactory(new DaemonThreadFactory(), "dtk-join"));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
