package io.jenkins.plugins.dtk.release;

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
     */
    @FunctionalInterface
    public interface Task<T, R> {
        /** Works on one item; may be interrupted. */
        R apply(T item) throws ReleaseException, InterruptedException;
    }

    /**
     * Applies a task to every item.
     *
     * @param threads how many run at once
     * @return the results in the order of the items
     * @throws ReleaseException the first failure; what runs is interrupted, what waits is not begun
     * @throws InterruptedException when the caller is interrupted; so is all that runs
     */
    public static <T, R> List<R> map(Collection<T> items, int threads, Task<T, R> task)
            throws ReleaseException, InterruptedException {
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
            throw rethrown(failure.get()); // others may have been told of it, and have ended, before it got here
        } finally {
            pool.shutdownNow();
        }
    }

    /** Once a task has failed, none is begun before the caller hears of it. */
    private static <T, R> R apply(Task<T, R> task, T item, AtomicReference<Throwable> failure)
            throws ReleaseException, InterruptedException {
        if (failure.get() != null) {
            throw new InterruptedException();
        }
        try {
            return task.apply(item);
        } catch (ReleaseException | InterruptedException | RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            throw e;
        }
    }

    private static ReleaseException rethrown(Throwable cause) throws ReleaseException, InterruptedException {
        if (cause instanceof ReleaseException known) {
            throw known;
        }
        if (cause instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        if (cause instanceof RuntimeException bug) {
            throw bug;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        throw new IllegalStateException(cause);
    }
}
