package io.jenkins.plugins.dtk.jenkins;

import hudson.model.TaskListener;
import io.jenkins.plugins.dtk.driver.DriverMatrix;
import io.jenkins.plugins.dtk.driver.MatrixTarget;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.matrix.MatrixProgress;
import io.jenkins.plugins.dtk.matrix.MatrixProgress.Pace;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Writes progress to the build's log: a line every few seconds, not one per payload. */
final class LogProgress implements MatrixProgress {

    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(5);

    private final PrintStream log;
    private final Pace pace = new Pace();
    private long last = System.nanoTime();

    LogProgress(TaskListener listener) {
        log = listener.getLogger();
    }

    @Override
    public synchronized void done(String what, int done, int total) {
        long now = System.nanoTime();
        String rate = pace.of(what, done);
        if (now - last >= INTERVAL && done < total) {
            last = now;
            log.println("dtk: " + done + " of " + total + " " + what + (rate.isEmpty() ? "" : ", " + rate));
        }
    }

    @Override
    public synchronized void warn(String line) {
        log.println("dtk: warning: " + line);
    }

    void summary(KernelMatrix matrix, ImageReference library, RegistryClient.Stats stats) {
        String stale = matrix.stale() == 0 ? "" : ", " + matrix.stale() + " are on another base";
        String lacks = library == null ? "" : "; " + library.name() + " lacks " + matrix.missing() + " images" + stale;
        log.println("dtk: " + matrix.kernels().size() + " kernels" + lacks + " (" + stats.requests() + " requests)");
    }

    void summary(DriverMatrix matrix, ImageReference library, RegistryClient.Stats stats) {
        List<String> parts = new ArrayList<>();
        for (MatrixTarget.State state : MatrixTarget.State.values()) {
            long count = matrix.count(state);
            if (count > 0 && state != MatrixTarget.State.UNKNOWN) {
                parts.add(state.words() + " " + count);
            }
        }
        if (matrix.stale() > 0) {
            parts.add("stale " + matrix.stale());
        }
        String states = parts.isEmpty() ? "" : ": " + String.join(", ", parts);
        log.println("dtk: " + matrix.targets().size() + " images of a driver"
                + (library == null ? "" : " in " + library.name()) + states + " (" + stats.requests() + " requests)");
    }
}
