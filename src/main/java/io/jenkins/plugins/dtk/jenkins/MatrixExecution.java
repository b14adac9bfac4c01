package io.jenkins.plugins.dtk.jenkins;

import io.jenkins.plugins.dtk.library.ImageLibrary;
import io.jenkins.plugins.dtk.library.MissingImages;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.matrix.MatrixJson;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.site.Site;
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
    Map<String, Object> answer(MatrixRequest request, Site site, ImageLibrary library, LogProgress progress)
            throws IOException, InterruptedException {
        KernelMatrix matrix = site.matrix().verifyingSome().compute(request);
        if (library != null) {
            matrix = new MissingImages(library, progress).in(matrix);
        }
        progress.summary(matrix, step.library(), site.payloads().stats());
        return MatrixJson.toMap(matrix);
    }
}
