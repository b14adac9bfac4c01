package io.jenkins.plugins.dtk.jenkins;

import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.report.RunFacts;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What a run of {@code dtkBuild} found and did, from where it is: while the run goes on from the run itself, and afterwards
 * from a file. Callers hold the lock of their {@link RunRecord}.
 */
final class RunDetails {

    private static final Logger LOGGER = Logger.getLogger(RunDetails.class.getName());

    /** It is asked for each time, as a job that is renamed moves its files. */
    private final Supplier<RunStore> store;

    private KernelMatrix matrix;

    /** Null when the run is over, or was before Jenkins started. */
    private Supplier<Map<String, Object>> live;

    /** Null until it is read, and while the run goes on. */
    private RunFacts last;

    RunDetails(Supplier<RunStore> store) {
        this.store = store;
    }

    /** The run goes on: what it has come to is asked for whenever it is read. */
    void follow(Supplier<Map<String, Object>> result) {
        live = result;
        last = null;
    }

    /** The matrix, as it was stored when the run began. */
    KernelMatrix matrix() throws IOException {
        if (matrix == null) {
            matrix = store.get().load().matrix();
        }
        return matrix;
    }

    /** Writes how the run stands. */
    RunFacts store(KernelMatrix newMatrix, Map<String, Object> result, boolean isOver) throws IOException {
        boolean written = store.get().write(newMatrix, result);
        RunFacts facts = new RunFacts(newMatrix, result);
        matrix = isOver ? null : newMatrix;
        if (isOver) {
            live = null;
            last = written ? null : facts;
        }
        return facts;
    }

    /**
     * What the run came to, or has come to so far. Reads a file.
     *
     * @throws IOException when the file is not there, or is damaged
     */
    RunFacts read(boolean isRunning) throws IOException {
        if (last != null) {
            return last;
        }
        if (live != null) {
            return new RunFacts(matrix(), live.get(), isRunning);
        }
        RunStore.Stored read = store.get().load();
        RunFacts facts = new RunFacts(read.matrix(), read.result(), isRunning);
        last = isRunning ? null : facts;
        return facts;
    }

    /** The same for pages: without details where they cannot be read. */
    RunFacts readOrNone(boolean isRunning) {
        try {
            return read(isRunning);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "no details of a run of dtkBuild", e);
            return new RunFacts(new KernelMatrix(List.of(), List.of()), Map.of());
        }
    }
}
