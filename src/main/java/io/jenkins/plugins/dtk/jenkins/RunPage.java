package io.jenkins.plugins.dtk.jenkins;

import hudson.model.Run;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Keeps the build's page of one run: as it begins, while it goes on, and as it ends. A page fails no build. */
final class RunPage implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final Logger LOGGER = Logger.getLogger(RunPage.class.getName());

    private final StepContext context;
    private final String image;
    private final String node;

    private transient KernelMatrix matrix;

    RunPage(StepContext context, String image, KernelMatrix matrix) throws IOException, InterruptedException {
        this.context = context;
        this.image = image;
        this.node = context.get(FlowNode.class).getId();
        this.matrix = matrix;
    }

    /**
     * The run begins.
     *
     * @param result what it has come to, whenever the page is shown
     */
    void begin(Supplier<Map<String, Object>> result) throws IOException, InterruptedException {
        record().follow(result);
        Background.submit(this, () -> store(result.get(), false));
    }

    /** The run goes on after a restart. Waits for the build to be loaded: for background threads only. */
    void resume(Supplier<Map<String, Object>> result) {
        quietly(() -> record().follow(result));
    }

    /** The run has ended. Writes files: for background threads only. */
    void end(Map<String, Object> result) {
        store(result, true);
    }

    private void store(Map<String, Object> result, boolean isOver) {
        quietly(() -> {
            record().store(matrix, result, isOver);
            context.get(Run.class).save();
        });
    }

    private RunRecord record() throws IOException, InterruptedException {
        return DtkBuildAction.record(context.get(Run.class), node, image);
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void quietly(Work work) {
        try {
            work.run();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "cannot keep the page of a run of dtkBuild", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
