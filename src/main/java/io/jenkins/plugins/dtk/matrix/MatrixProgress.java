package io.jenkins.plugins.dtk.matrix;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Receives the progress of the work. Called from many threads. */
public interface MatrixProgress {

    /** Says nothing. */
    MatrixProgress SILENT = new MatrixProgress() {
        @Override
        public void done(String what, int done, int total) {}

        @Override
        public void warn(String line) {}
    };

    /**
     * So many of all are done.
     *
     * @param what the things counted, such as {@code payloads}
     */
    void done(String what, int done, int total);

    /** Something the user should know, in one line. */
    void warn(String line);

    /** How fast the work goes on, for those who show progress. Not safe for many threads. */
    final class Pace {

        private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

        private final LongSupplier clock;
        private String what = "";
        private long startedAt;
        private int doneBefore;

        /** Measures by the machine's own clock. */
        public Pace() {
            this(System::nanoTime);
        }

        /** @param clock returns nanoseconds */
        Pace(LongSupplier clock) {
            this.clock = clock;
        }

        /**
         * How many of the things counted are done in a second, since the first of their kind was done, such as
         * {@code 12.5/s}; empty within the first second.
         */
        public String of(String newWhat, int done) {
            long now = clock.getAsLong();
            if (!what.equals(newWhat)) {
                what = newWhat;
                startedAt = now;
                doneBefore = done;
            }
            double seconds = (now - startedAt) / SECOND;
            return seconds < 1 ? "" : String.format(Locale.ROOT, "%.1f/s", (done - doneBefore) / seconds);
        }
    }
}
