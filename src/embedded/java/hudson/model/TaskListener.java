package hudson.model;

import hudson.util.StreamTaskListener;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/** The log that a task writes to. */
public interface TaskListener extends Serializable {

    /** One that forgets everything. */
    TaskListener NULL = new StreamTaskListener(OutputStream.nullOutputStream(), StandardCharsets.UTF_8);

    PrintStream getLogger();

    /** Writes an error to the log; details may follow through what it returns. */
    default PrintWriter error(String message) {
        getLogger().println("ERROR: " + message);
        return new PrintWriter(new OutputStreamWriter(getLogger(), StandardCharsets.UTF_8), true);
    }
}
