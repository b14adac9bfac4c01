package hudson.util;

import hudson.model.TaskListener;
import java.io.Closeable;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

/** A log that goes to a stream. */
public class StreamTaskListener implements TaskListener, Closeable {

    private static final long serialVersionUID = 1L;

    private final transient PrintStream out;

    public StreamTaskListener(OutputStream out, Charset charset) {
        this.out = new PrintStream(out, false, charset);
    }

    @Override
    public PrintStream getLogger() {
        return out;
    }

    @Override
    public void close() {
        out.close();
    }
}
