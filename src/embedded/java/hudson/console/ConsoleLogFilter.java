package hudson.console;

import hudson.ExtensionPoint;
import hudson.model.Run;
import java.io.IOException;
import java.io.OutputStream;

/** Changes what goes into a log, such as to hide secrets. */
public abstract class ConsoleLogFilter implements ExtensionPoint {

    /** A stream that passes what is written to it on to the logger, changed. */
    @SuppressWarnings("rawtypes") // as in Jenkins, so that what overrides it compiles against both
    public OutputStream decorateLogger(Run build, OutputStream logger) throws IOException, InterruptedException {
        return logger;
    }
}
