package io.jenkins.plugins.dtk.jenkins;

import io.jenkins.plugins.dtk.library.ImageLibrary;
import io.jenkins.plugins.dtk.library.MissingImages;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.matrix.MatrixComputation;
import io.jenkins.plugins.dtk.matrix.MatrixJson;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.release.Releases;
import java.io.IOException;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Runs {@code dtkMatrix}. */
final class MatrixExecution extends ReleasesExecution<DtkMatrixStep> {

    private static final long serialVersionUID = 1L;

    MatrixExecution(StepContext context, DtkMatrixStep step) {
        super(context, step);
    }

    @Override
    Map<String, Object> read(
            MatrixRequest request, Releases releases, RegistryClient client, ImageLibrary library, LogProgress progress)
            throws IOException, InterruptedException {
        KernelMatrix matrix = new MatrixComputation(releases, client, progress)
                .verifyingSome()
                .compute(request);
        if (library != null) {
            matrix = new MissingImages(library, progress).in(matrix);
        }
        progress.summary(matrix, step.library(), client.stats());
        return MatrixJson.toMap(matrix);
    }
}
