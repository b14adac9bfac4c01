package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import hudson.model.TaskListener;
import io.jenkins.plugins.dtk.library.Audit;
import io.jenkins.plugins.dtk.library.AuditReport;
import io.jenkins.plugins.dtk.library.ImageLibrary;
import io.jenkins.plugins.dtk.matrix.Catalog;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.report.JsonReports;
import io.jenkins.plugins.dtk.report.Tables;
import io.jenkins.plugins.dtk.site.Site;
import java.io.IOException;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Runs {@code dtkVerify}. */
final class VerifyExecution extends ReleasesExecution<DtkVerifyStep> {

    private static final long serialVersionUID = 1L;

    VerifyExecution(StepContext context, DtkVerifyStep step) {
        super(context, step);
    }

    @Override
    Map<String, Object> answer(MatrixRequest request, Site site, ImageLibrary library, LogProgress progress)
            throws IOException, InterruptedException {
        Catalog catalog = site.matrix().verifyingSome().catalog(request);
        AuditReport report = new Audit(step.isLibraryOnly() ? null : site.releases(), library, progress).of(catalog);
        Tables.audit(report, false)
                .lines()
                .forEach(getContext().get(TaskListener.class).getLogger()::println);
        if (report.mismatches() > 0) {
            end(step.getOnMismatch(), mismatches(report));
        }
        if (report.unknown() > 0) {
            end(step.getOnUnknown(), unknown(report));
        }
        return JsonReports.auditMap(report);
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
        AuditReport.Finding first = report.findings().stream()
                .filter(AuditReport.Finding::isMismatch)
                .findFirst()
                .orElseThrow();
        return report.mismatches() + " of " + report.findings().size()
                + " comparisons found an image for another kernel, or none; the first: release "
                + first.row().release() + ", " + first.row().node().stream() + ", kernel "
                + first.row().node().kernel().nvr();
    }

    private static String unknown(AuditReport report) {
        return report.unknown() + " is unknown; the first: " + report.reasons().get(0);
    }
}
