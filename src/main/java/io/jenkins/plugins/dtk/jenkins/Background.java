package io.jenkins.plugins.dtk.jenkins;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that wait for registries, files and the subscription service: the step's own thread may not. Each owner
 * has a number of threads at once and a queue of its own, so work that is stuck at one host holds up its owner alone.
 */
final class Background {

    private static final int THREADS_OF_AN_OWNER = 8;

    private static final ExecutorService THREADS = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), Background::daemon);

    /** The owners that have work. */
    private static final Map<Object, Lane> LANES = new HashMap<>();

    private Background() {}

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "dtk-background");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Does work when a thread of its owner is free, in the order in which it came.
     *
     * @param owner who waits for it, such as one execution of a step; by its own equality
     * @return the work, which can be cancelled
     */
    static Future<?> submit(Object owner, Runnable work) {
        FutureTask<?> task = new FutureTask<>(work, null);
        synchronized (LANES) {
            Lane lane = LANES.computeIfAbsent(owner, any -> new Lane());
            lane.waiting.add(task);
            if (lane.threads < THREADS_OF_AN_OWNER) {
                lane.threads++;
                THREADS.execute(() -> workFor(owner, lane));
            }
        }
        return task;
    }

    private static void workFor(Object owner, Lane lane) {
        for (Runnable task = next(owner, lane); task != null; task = next(owner, lane)) {
            task.run();
            Thread.interrupted(); // A cancellation is meant for the work, not for what follows.
        }
    }

    private static Runnable next(Object owner, Lane lane) {
        synchronized (LANES) {
            Runnable task = lane.waiting.poll();
            if (task == null && --lane.threads == 0) {
                LANES.remove(owner);
            }
            return task;
        }
    }

    /** The work of one owner. */
    private static final class Lane {
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private int threads;
    }
}
