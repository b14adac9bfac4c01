package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.dtk.matrix.BaseImagePattern;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.verb.POST;

/**
 * The step {@code dtkVerify}: is each Driver Toolkit image, the releases' own and the library's, for the kernel that
 * nodes run? Returns what it found as plain maps and lists, and lets the build fail, be unstable, or go on.
 * Its parameters are those of vars-docs/dtkVerify.md; what is not given is null or false.
 */
public final class DtkVerifyStep extends ReleasesStep {

    private static final long serialVersionUID = 1L;

    /** What a finding makes of the build, the usual first. */
    private static final List<String> OUTCOMES = List.of("failure", "unstable", "report");

    private boolean libraryOnly;
    private String onMismatch;
    private String onUnknown;

    /** A step with its defaults: all releases from 4.12 on, x86_64 and aarch64, no library. */
    @DataBoundConstructor
    public DtkVerifyStep() {}

    public boolean isLibraryOnly() {
        return libraryOnly;
    }

    @DataBoundSetter
    public void setLibraryOnly(boolean libraryOnly) {
        this.libraryOnly = libraryOnly;
    }

    public String getOnMismatch() {
        return onMismatch;
    }

    @DataBoundSetter
    public void setOnMismatch(String onMismatch) {
        this.onMismatch = Util.fixEmptyAndTrim(onMismatch);
    }

    public String getOnUnknown() {
        return onUnknown;
    }

    @DataBoundSetter
    public void setOnUnknown(String onUnknown) {
        this.onUnknown = Util.fixEmptyAndTrim(onUnknown);
    }

    @Override
    MatrixRequest request() throws AbortException {
        return checked(() -> {
            Arguments.oneOf("onMismatch", onMismatch, OUTCOMES);
            Arguments.oneOf("onUnknown", onUnknown, OUTCOMES);
            return request(BaseImagePattern.USUAL, false, true, false);
        });
    }

    @Override
    boolean needsLibrary() {
        return libraryOnly;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        return new VerifyExecution(context, this);
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends ReleasesStepDescriptor {
        @Override
        public String getFunctionName() {
            return "dtkVerify";
        }

        @Override
        public String getDisplayName() {
            return "Compare Driver Toolkit images with the kernels that nodes run";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FlowNode.class);
        }

        /** What an image for another kernel makes of the build. */
        @POST
        public ListBoxModel doFillOnMismatchItems() {
            return Choices.of(OUTCOMES);
        }

        /** What becomes of the build when something is unknown. */
        @POST
        public ListBoxModel doFillOnUnknownItems() {
            return Choices.of(OUTCOMES);
        }
    }
}
