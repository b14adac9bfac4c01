package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.dtk.build.Settings;
import io.jenkins.plugins.dtk.library.Audit;
import io.jenkins.plugins.dtk.library.AuditFinding;
import io.jenkins.plugins.dtk.library.AuditReport;
import io.jenkins.plugins.dtk.library.ImageLibrary;
import io.jenkins.plugins.dtk.matrix.Catalog;
import io.jenkins.plugins.dtk.matrix.MatrixComputation;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.registry.ImageReference;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.registry.RegistryCredentials;
import io.jenkins.plugins.dtk.release.ReleaseCache;
import io.jenkins.plugins.dtk.release.ReleaseException;
import io.jenkins.plugins.dtk.release.Releases;
import io.jenkins.plugins.dtk.report.AuditJson;
import io.jenkins.plugins.dtk.report.AuditTable;
import java.io.IOException;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;

/** Runs {@code dtkVerify} off the pipeline's own thread. After a restart of the controller it has to be run again. */
final class VerifyExecution extends SynchronousNonBlockingStepExecution<Map<String, Object>> {

    private static final long serialVersionUID = 1L;

    private final transient DtkVerifyStep step;

    VerifyExecution(StepContext context, DtkVerifyStep step) {
        super(context);
        this.step = step;
    }

    @Override
    protected Map<String, Object> run() throws Exception {
        MatrixRequest request = step.request();
        ImageReference library = step.library();
        AuditReport report;
        try {
            report = audit(request, library);
        } catch (ReleaseException e) {
            throw new AbortException("dtkVerify: " + e.getMessage());
        }
        AuditTable.of(report, false)
                .lines()
                .forEach(getContext().get(TaskListener.class).getLogger()::println);
        if (report.mismatches() > 0) {
            end(step.getOnMismatch(), mismatches(report));
        }
        if (report.unknown() > 0) {
            end(step.getOnUnknown(), unknown(report));
        }
        return AuditJson.toMap(report);
    }

    private AuditReport audit(MatrixRequest request, ImageReference library)
            throws ReleaseException, IOException, InterruptedException {
        Settings settings = DtkConfiguration.settings();
        RegistryClient client = settings.registryClient(credentials(library));
        LogProgress progress = new LogProgress(getContext().get(TaskListener.class));
        ReleaseCache cache = ReleaseCache.in(DtkConfiguration.get().cachePath(), progress::warn);
        Releases releases = settings.releases(client, cache);
        Catalog catalog = new MatrixComputation(releases, client, progress).catalog(request);
        return new Audit(
                        step.isLibraryOnly() ? null : releases,
                        library == null ? null : new ImageLibrary(client, library),
                        progress)
                .of(catalog);
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

    private void end(String outcome, String why) throws IOException, InterruptedException {
        if (outcome == null || outcome.equals("failure")) {
            throw new AbortException("dtkVerify: " + why);
        }
        if (outcome.equals("unstable")) {
            UnstableBuild.mark(getContext(), why, "dtkVerify: " + why);
        }
    }

    private static String mismatches(AuditReport report) {
        AuditFinding first = report.findings().stream()
                .filter(AuditFinding::isMismatch)
                .findFirst()
                .orElseThrow();
        return report.mismatches() + " of " + report.findings().size()
                + " comparisons found an image for another kernel, or none; the first: release "
                + first.row().release() + ", " + first.row().node().stream() + ", kernel "
                + first.row().node().kernel().nvr();
    }

    private static String unknown(AuditReport report) {
        return report.unknown() + " could not be told; the first: "
                + report.reasons().get(0);
    }
}
