package io.jenkins.plugins.dtk.cli;

import java.io.PrintStream;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Shows with {@code --verbose} what the packages below log, such as each request: a line each, on standard error. */
final class RequestLog extends Handler {

    private static final Logger ROOT = Logger.getLogger("io.jenkins.plugins.dtk");

    private final PrintStream err;
    private final Formatter formatter = new SimpleFormatter();

    private RequestLog(PrintStream err) {
        this.err = err;
    }

    /** Shows what is logged until it is closed. */
    static RequestLog on(PrintStream err) {
        RequestLog log = new RequestLog(err);
        log.setLevel(Level.FINE);
        ROOT.setLevel(Level.FINE);
        ROOT.addHandler(log);
        return log;
    }

    @Override
    public void publish(LogRecord entry) {
        if (isLoggable(entry)) {
            err.println("dtk: " + formatter.formatMessage(entry));
        }
    }

    @Override
    public void flush() {
        err.flush();
    }

    @Override
    public void close() {
        ROOT.removeHandler(this);
        ROOT.setLevel(null);
    }
}
