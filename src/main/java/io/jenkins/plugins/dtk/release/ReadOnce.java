package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.failure.Failure;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Reads what many ask for at once a single time, and remembers it. A failure goes to all that wait for it and is not
 * remembered.
 *
 * @param <K> names what is read
 * @param <V> what is read
 */
final class ReadOnce<K, V> {

    private final ConcurrentMap<K, FutureTask<V>> tasks = new ConcurrentHashMap<>();

    /**
     * How it is read.
     *
     * @param <V> what is read
     */
    @FunctionalInterface
    interface Read<V> {
        V fetch() throws Failure, InterruptedException;
    }

    V get(K key, Read<V> read) throws Failure, InterruptedException {
        FutureTask<V> task = new FutureTask<>(read::fetch);
        FutureTask<V> first = tasks.putIfAbsent(key, task);
        if (first == null) {
            task.run();
            first = task;
        }
        try {
            return first.get();
        } catch (ExecutionException e) {
            tasks.remove(key, first);
            return rethrow(e.getCause());
        }
    }

    private static <T> T rethrow(Throwable cause) throws Failure, InterruptedException {
        if (cause instanceof Failure known) {
            throw known;
        }
        if (cause instanceof InterruptedException) {
            throw (InterruptedException) new InterruptedException().initCause(cause);
        }
        throw new IllegalStateException(cause);
    }
}
