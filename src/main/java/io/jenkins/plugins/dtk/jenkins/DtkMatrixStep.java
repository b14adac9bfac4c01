package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.dtk.matrix.BaseImages;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * The step {@code dtkMatrix}: which kernels do the wanted OpenShift releases ship? With an image, also which of them
 * the library lacks. Returns plain maps and lists.
 */
public final class DtkMatrixStep extends ReleasesStep {

    private static final long serialVersionUID = 1L;

    private static final List<String> ON_UNREADABLE = List.of("fail", "skip");

    private String baseImage;
    private String onUnreadable;
    private boolean verifyLayers;

    /** A step with its defaults: all releases from 4.12 on, x86_64 and aarch64. */
    @DataBoundConstructor
    public DtkMatrixStep() {}

    /** The pattern of base images; null means UBI of the kernel's RHEL release. */
    public String getBaseImage() {
        return baseImage;
    }

    /** Sets the pattern of base images. */
    @DataBoundSetter
    public void setBaseImage(String baseImage) {
        this.baseImage = Util.fixEmptyAndTrim(baseImage);
    }

    /** {@code fail} (when null) or {@code skip}: what becomes of a release that cannot be read. */
    public String getOnUnreadable() {
        return onUnreadable;
    }

    /** Sets what becomes of a release that cannot be read. */
    @DataBoundSetter
    public void setOnUnreadable(String onUnreadable) {
        this.onUnreadable = Util.fixEmptyAndTrim(onUnreadable);
    }

    /** Whether layers are read to their end and verified. */
    public boolean isVerifyLayers() {
        return verifyLayers;
    }

    /** Sets whether layers are read to their end and verified. */
    @DataBoundSetter
    public void setVerifyLayers(boolean verifyLayers) {
        this.verifyLayers = verifyLayers;
    }

    @Override
    MatrixRequest request() throws AbortException {
        String pattern = baseImage == null ? DtkConfiguration.get().getBaseImage() : baseImage;
        return checked(() -> {
            Arguments.oneOf("onUnreadable", onUnreadable, ON_UNREADABLE);
            return request(BaseImages.of(pattern), true, "skip".equals(onUnreadable), verifyLayers);
        });
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        return new MatrixExecution(context, this);
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends ReleasesStepDescriptor {
        @Override
        public String getFunctionName() {
            return "dtkMatrix";
        }

        @Override
        public String getDisplayName() {
            return "Compute which kernels OpenShift releases ship";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }

        /** What becomes of a release that cannot be read. */
        @POST
        public ListBoxModel doFillOnUnreadableItems() {
            return Choices.of(ON_UNREADABLE);
        }

        /** Checks the pattern of base images. */
        @POST
        public FormValidation doCheckBaseImage(@QueryParameter String value) {
            return Arguments.check(value, () -> BaseImages.of(value));
        }
    }
}
