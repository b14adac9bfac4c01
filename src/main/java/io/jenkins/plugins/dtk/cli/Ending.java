package io.jenkins.plugins.dtk.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command that is asked to end, by Ctrl-C or SIGTERM, first stop and remove what it started: the program waits
 * for it until it is closed.
 */
final class Ending {

    /** How long a command may take to clean up. */
    private static final int LAST_SECONDS = 120;

    private final CountDownLatch cleaned = new CountDownLatch(1);
    private final Thread hook;

    private Ending(Runnable first) {
        hook = new Thread(
                () -> {
                    first.run();
                    await();
                },
                "end of the command");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The program waits, and what the command runs ends by itself. */
    static Ending awaited() {
        return new Ending(() -> {});
    }

    /** This thread is interrupted, too. */
    static Ending interrupting() {
        return new Ending(Thread.currentThread()::interrupt);
    }

    private void await() {
        try {
            cleaned.await(LAST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void close() {
        cleaned.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The program is ending, and the hook with it.
        }
    }
}
