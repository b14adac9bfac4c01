package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.matrix.MatrixProgress;
import io.jenkins.plugins.dtk.matrix.MatrixProgress.Pace;
import java.util.concurrent.TimeUnit;

/** Shows progress on standard error: a bar where a person watches, else a line every few seconds. */
final class TerminalProgress implements MatrixProgress, AutoCloseable {

    private static final long LINES_APART = TimeUnit.SECONDS.toNanos(5);
    private static final long BARS_APART = TimeUnit.MILLISECONDS.toNanos(80);
    private static final int WIDTH = 30;
    private static final String CLEAR = "\r\u001b[K";

    private final Terminal terminal;
    private final Pace pace = new Pace();
    private final long apart;
    private long last;
    private boolean barShown;

    TerminalProgress(Terminal terminal) {
        this.terminal = terminal;
        apart = terminal.interactive() ? BARS_APART : LINES_APART;
        last = System.nanoTime() - (terminal.interactive() ? apart : 0);
    }

    @Override
    public synchronized void done(String what, int done, int total) {
        long now = System.nanoTime();
        String rate = pace.of(what, done);
        if (!terminal.progress() || now - last < apart || done >= total) {
            return;
        }
        last = now;
        if (terminal.interactive()) {
            int filled = (int) ((long) WIDTH * done / total);
            terminal.err()
                    .print(CLEAR + what + " [" + "#".repeat(filled) + "-".repeat(WIDTH - filled) + "] " + done + "/"
                            + total + (rate.isEmpty() ? "" : " " + rate));
            terminal.err().flush();
            barShown = true;
        } else {
            terminal.err().println("dtk: " + done + " of " + total + " " + what + (rate.isEmpty() ? "" : ", " + rate));
        }
    }

    @Override
    public synchronized void warn(String line) {
        show("warning: " + line);
    }

    /** A line of its own about what was done. */
    synchronized void say(String line) {
        if (terminal.progress()) {
            show(line);
        }
    }

    private void show(String line) {
        close();
        terminal.err().println("dtk: " + line);
    }

    /** Takes the bar away. */
    @Override
    public synchronized void close() {
        if (barShown) {
            terminal.err().print(CLEAR);
            terminal.err().flush();
            barShown = false;
        }
    }
}
