package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import io.jenkins.plugins.dtk.driver.DriverImage;
import io.jenkins.plugins.dtk.driver.DriverLibrary;
import io.jenkins.plugins.dtk.driver.DriverMatrix;
import io.jenkins.plugins.dtk.driver.DriverState;
import io.jenkins.plugins.dtk.driver.IndexTags;
import io.jenkins.plugins.dtk.library.ImageLibrary;
import io.jenkins.plugins.dtk.library.MissingImages;
import io.jenkins.plugins.dtk.matrix.Catalog;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.matrix.MatrixJson;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.site.Site;
import java.io.IOException;
import java.util.List;
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
        DriverRequest driver = step.driver();
        if (driver != null) {
            return read(driver, request, site, progress).toMap();
        }
        KernelMatrix matrix = site.matrix().verifyingSome().compute(request);
        if (library != null) {
            matrix = new MissingImages(library, progress).in(matrix);
        }
        progress.summary(matrix, step.library(), site.payloads().stats());
        return MatrixJson.toMap(matrix);
    }

    private DriverMatrix read(DriverRequest driver, MatrixRequest request, Site site, LogProgress progress)
            throws IOException, InterruptedException {
        Catalog catalog = site.matrix().verifyingSome().catalog(request);
        List<DriverImage> images = images(driver, catalog);
        IndexTags indexes = Arguments.checked(step.function(), () -> new IndexTags(driver.indexes(), images));
        DriverLibrary there = step.library() == null ? null : new DriverLibrary(site.images(), step.library());
        DriverState state = new DriverState(
                site.releases(), driver.ofReleases(), site.library(driver.library()), driver.excluded());
        if (driver.stale()) {
            state.lookForStale(site.images(), driver.library());
        }
        DriverMatrix matrix =
                new DriverMatrix(driver.version(), state.of(images, indexes, there), catalog.unreadable());
        progress.summary(matrix, step.library(), site.payloads().stats());
        return matrix;
    }

    /** Two images under one tag are known only when the kernels are. */
    private List<DriverImage> images(DriverRequest driver, Catalog catalog) throws AbortException {
        return Arguments.checked(step.function(), () -> driver.plan().images(catalog, driver.flavours()));
    }
}
