package io.jenkins.plugins.dtk.failure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Does the same for many items at once, in daemon threads of its own that end with the call. */
public final class ParallelTasks {

    private ParallelTasks() {}

    /**
     * What is done for one item.
     *
     * @param <T> the item
     * @param <R> the result
     * @param <E> how it fails
     */
    @FunctionalInterface
    public interface Task<T, R, E extends Exception> {
        /** Works on one item; may be interrupted. */
        R apply(T item) throws E, InterruptedException;
    }

    /**
     * Applies a task to every item.
     *
     * @param threads how many run at once
     * @return the results in the order of the items
     * @throws E the first failure; what runs is interrupted, what waits is not begun
     * @throws InterruptedException when the caller is interrupted; so is all that runs
     */
    public static <T, R, E extends Exception> List<R> map(Collection<T> items, int threads, Task<T, R, E> task)
            throws E, InterruptedException {
        AtomicInteger number = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, Math.min(threads, items.size())), work -> {
            Thread thread = new Thread(work, "dtk-reader-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try {
            ExecutorCompletionService<R> done = new ExecutorCompletionService<>(pool);
            List<Future<R>> futures = new ArrayList<>(items.size());
            for (T item : items) {
                futures.add(done.submit(() -> apply(task, item, failure)));
            }
            for (int i = 0; i < futures.size(); i++) {
                done.take().get();
            }
            List<R> results = new ArrayList<>(futures.size());
            for (Future<R> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw ParallelTasks.<E>rethrown(
                    failure.get()); // others may have seen it, and have ended, before it got here
        } finally {
            pool.shutdownNow();
        }
    }

    /** Once a task has failed, none is begun before the caller hears of it. */
    private static <T, R> R apply(Task<T, R, ?> task, T item, AtomicReference<Throwable> failure) throws Exception {
        if (failure.get() != null) {
            throw new InterruptedException();
        }
        try {
            return task.apply(item);
        } catch (Exception | Error e) {
            failure.compareAndSet(null, e);
            throw e;
        }
    }

    @SuppressWarnings("unchecked") // by its signature, a task throws nothing else
    private static <E extends Exception> E rethrown(Throwable cause) throws InterruptedException {
        if (cause instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        if (cause instanceof RuntimeException bug) {
            throw bug;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return (E) cause;
    }
}
