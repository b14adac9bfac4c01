package io.jenkins.plugins.dtk.registry;

import io.jenkins.plugins.dtk.failure.Failure;

/** Work whose failure is told as that of an action, such as {@code read the manifest of X}. */
interface Told<T> {

    T run() throws Failure, InterruptedException;

    static <T> T as(String action, Told<T> work) throws Failure, InterruptedException {
        try {
            return work.run();
        } catch (Failure e) {
            throw e.during(action);
        }
    }
}
