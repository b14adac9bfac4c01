package io.jenkins.plugins.dtk.failure;

/**
 * Work whose failure says what was attempted, and for what.
 *
 * @param <T> the result
 */
@FunctionalInterface
public interface ErrorContext<T> {

    /** Does the work. */
    T run() throws Failure, InterruptedException;

    /**
     * Does work; adds the action to its failure.
     *
     * @param action such as {@code read the manifest of X}
     */
    static <T> T during(String action, ErrorContext<T> work) throws Failure, InterruptedException {
        try {
            return work.run();
        } catch (Failure e) {
            throw e.during(action);
        }
    }

    /**
     * Does work that is one part of something larger; adds the part to its failure.
     *
     * @param part such as {@code release 4.16.20 (x86_64)}
     */
    static <T> T in(String part, ErrorContext<T> work) throws Failure, InterruptedException {
        try {
            return work.run();
        } catch (Failure e) {
            throw e.in(part);
        }
    }
}
