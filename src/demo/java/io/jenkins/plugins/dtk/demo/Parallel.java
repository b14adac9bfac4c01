package io.jenkins.plugins.dtk.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does the same with many things, several at a time. */
final class Parallel {

    private static final int THREADS = 8;

    interface Action<T> {
        void on(T thing) throws IOException;
    }

    private Parallel() {}

    /** Returns when all are done; the first failure ends it. */
    static <T> void forEach(Collection<T> things, Action<T> action) throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (T thing : things) {
                all.add(pool.submit(() -> {
                    action.on(thing);
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            pool.shutdownNow();
        }
    }
}
