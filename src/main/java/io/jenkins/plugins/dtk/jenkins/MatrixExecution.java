package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.dtk.build.Settings;
import io.jenkins.plugins.dtk.library.ImageLibrary;
import io.jenkins.plugins.dtk.library.MissingImages;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.matrix.MatrixComputation;
import io.jenkins.plugins.dtk.matrix.MatrixJson;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.registry.ImageReference;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.registry.RegistryCredentials;
import io.jenkins.plugins.dtk.release.ReleaseCache;
import io.jenkins.plugins.dtk.release.ReleaseException;
import java.io.IOException;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Runs {@code dtkMatrix}. */
final class MatrixExecution extends ReadingExecution<Map<String, Object>> {

    private static final long serialVersionUID = 1L;

    private final transient DtkMatrixStep step;

    MatrixExecution(StepContext context, DtkMatrixStep step) {
        super(context);
        this.step = step;
    }

    @Override
    Map<String, Object> read() throws Exception {
        MatrixRequest request = step.request();
        ImageReference library = step.library();
        RegistryClient client = DtkConfiguration.settings().registryClient(credentials(library));
        LogProgress progress = new LogProgress(getContext().get(TaskListener.class));
        try {
            KernelMatrix matrix = compute(request, client, progress);
            if (library != null) {
                matrix = new MissingImages(new ImageLibrary(client, library), progress).in(matrix);
            }
            progress.summary(matrix, library, client.stats());
            return MatrixJson.toMap(matrix);
        } catch (ReleaseException e) {
            throw new AbortException("dtkMatrix: " + e.getMessage());
        }
    }

    private KernelMatrix compute(MatrixRequest request, RegistryClient client, LogProgress progress)
            throws ReleaseException, IOException, InterruptedException {
        Settings settings = DtkConfiguration.settings();
        return new MatrixComputation(settings.releases(client, cache(progress)), client, progress).compute(request);
    }

    /** One cache for all builds of the controller. */
    private static ReleaseCache cache(LogProgress progress) {
        return ReleaseCache.in(DtkConfiguration.get().cachePath(), progress::warn);
    }

    private RegistryCredentials credentials(ImageReference library) throws IOException, InterruptedException {
        StepCredentials credentials = new StepCredentials(getContext().get(Run.class));
        RegistryCredentials pullSecret = credentials.pullSecret("pullSecretId", step.getPullSecretId());
        return library == null
                ? pullSecret
                : credentials
                        .registry("registryCredentialsId", step.getRegistryCredentialsId(), library)
                        .plus(pullSecret);
    }
}
