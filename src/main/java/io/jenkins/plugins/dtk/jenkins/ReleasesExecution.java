package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.library.ImageLibrary;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.registry.RegistryCredentials;
import io.jenkins.plugins.dtk.release.ReleaseCache;
import io.jenkins.plugins.dtk.site.Site;
import java.io.IOException;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Runs a {@link ReleasesStep}: what it reads with. */
abstract class ReleasesExecution<S extends ReleasesStep> extends ReadingExecution<Map<String, Object>> {

    private static final long serialVersionUID = 1L;

    final S step;

    ReleasesExecution(StepContext context, S step) {
        super(context);
        this.step = step;
    }

    @Override
    final Map<String, Object> read() throws Exception {
        MatrixRequest request = step.request();
        ImageReference library = step.library();
        LogProgress progress = new LogProgress(getContext().get(TaskListener.class));
        // One cache for all builds of the controller.
        ReleaseCache cache = ReleaseCache.in(DtkConfiguration.saved().cache(), progress::warn);
        Site site = Site.of(DtkConfiguration.settings(), credentials(library), cache, progress);
        try {
            return answer(request, site, site.library(library), progress);
        } catch (Failure e) {
            throw new AbortException(step.function() + ": " + e.getMessage());
        }
    }

    /**
     * Does the reading.
     *
     * @param library null for none
     */
    abstract Map<String, Object> answer(MatrixRequest request, Site site, ImageLibrary library, LogProgress progress)
            throws IOException, InterruptedException;

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
