package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.dtk.report.RunFacts;
import io.jenkins.plugins.dtk.report.RunTexts;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * The step {@code dtkReport}: what {@code dtkBuild} came to in this build, as texts for other tools, also after a
 * failure.
 */
public final class DtkReportStep extends Step {

    /** A step that has no parameters. */
    @DataBoundConstructor
    public DtkReportStep() {}

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context);
    }

    private static final class Execution extends ReadingExecution<Map<String, String>> {
        private static final long serialVersionUID = 1L;

        Execution(StepContext context) {
            super(context);
        }

        @Override
        Map<String, String> read() throws Exception {
            DtkBuildAction page = getContext().get(Run.class).getAction(DtkBuildAction.class);
            if (page == null) {
                throw new AbortException("dtkReport: no dtkBuild has begun in this build; call it after one");
            }
            Map<String, RunFacts> runs;
            try {
                runs = page.facts();
            } catch (IOException e) {
                throw new AbortException("dtkReport: what dtkBuild came to cannot be read: " + e.getMessage());
            }
            return Map.of(
                    "summary", RunTexts.summary(runs),
                    "markdown", RunTexts.markdown(runs),
                    "junit", RunTexts.junit(runs),
                    "json", RunTexts.json(runs));
        }
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "dtkReport";
        }

        @Override
        public String getDisplayName() {
            return "Report what dtkBuild came to, for other tools";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
