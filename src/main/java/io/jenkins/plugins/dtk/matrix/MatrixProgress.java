package io.jenkins.plugins.dtk.matrix;

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
}
