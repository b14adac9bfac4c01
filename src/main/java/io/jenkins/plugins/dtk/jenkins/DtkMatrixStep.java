package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.dtk.matrix.BaseImagePattern;
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
 * the library lacks. Returns plain maps and lists. Its parameters are those of vars-docs/dtkMatrix.md; what is not given is null, false, 0
 * or empty.
 */
public final class DtkMatrixStep extends ReleasesStep {

    private static final long serialVersionUID = 1L;

    private static final List<String> ON_UNREADABLE = List.of("fail", "skip");

    private String baseImage;
    private String onUnreadable;
    private boolean verifyLayers;
    private List<String> tag = List.of();
    private String version;
    private List<String> flavours = List.of();
    private List<String> toolkit = List.of();
    private String exclude;
    private List<String> index = List.of();
    private boolean stale;

    /** A step with its defaults: all releases from 4.12 on, x86_64 and aarch64. */
    @DataBoundConstructor
    public DtkMatrixStep() {}

    public String getBaseImage() {
        return baseImage;
    }

    @DataBoundSetter
    public void setBaseImage(String baseImage) {
        this.baseImage = Util.fixEmptyAndTrim(baseImage);
    }

    public String getOnUnreadable() {
        return onUnreadable;
    }

    @DataBoundSetter
    public void setOnUnreadable(String onUnreadable) {
        this.onUnreadable = Util.fixEmptyAndTrim(onUnreadable);
    }

    public boolean isVerifyLayers() {
        return verifyLayers;
    }

    @DataBoundSetter
    public void setVerifyLayers(boolean verifyLayers) {
        this.verifyLayers = verifyLayers;
    }

    public List<String> getTag() {
        return tag;
    }

    @DataBoundSetter
    public void setTag(Object tag) {
        this.tag = Arguments.items(tag);
    }

    public String getVersion() {
        return version;
    }

    @DataBoundSetter
    public void setVersion(String version) {
        this.version = Util.fixEmptyAndTrim(version);
    }

    public List<String> getFlavours() {
        return flavours;
    }

    @DataBoundSetter
    public void setFlavours(Object flavours) {
        this.flavours = Arguments.items(flavours);
    }

    public List<String> getToolkit() {
        return toolkit;
    }

    @DataBoundSetter
    public void setToolkit(Object toolkit) {
        this.toolkit = Arguments.items(toolkit);
    }

    public String getExclude() {
        return exclude;
    }

    @DataBoundSetter
    public void setExclude(Object exclude) {
        this.exclude = Arguments.lines(exclude);
    }

    public List<String> getIndex() {
        return index;
    }

    @DataBoundSetter
    public void setIndex(Object index) {
        this.index = Arguments.items(index);
    }

    public boolean isStale() {
        return stale;
    }

    @DataBoundSetter
    public void setStale(boolean stale) {
        this.stale = stale;
    }

    /** What of it is about a driver; null where it is about toolkits. */
    DriverRequest driver() throws AbortException {
        return checked(() -> DriverRequest.of(this));
    }

    @Override
    MatrixRequest request() throws AbortException {
        return checked(() -> {
            Arguments.oneOf("onUnreadable", onUnreadable, ON_UNREADABLE);
            BaseImagePattern images =
                    baseImage == null ? DtkConfiguration.saved().baseImages() : BaseImagePattern.parse(baseImage);
            return request(images, tag.isEmpty(), "skip".equals(onUnreadable), verifyLayers);
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

        /** Checks the patterns of tags. */
        @POST
        public FormValidation doCheckTag(@QueryParameter String value) {
            return Arguments.check(value, () -> DriverRequest.patterns(Arguments.items(value)));
        }

        /** Checks the patterns of the tags of indexes. */
        @POST
        public FormValidation doCheckIndex(@QueryParameter String value) {
            return Arguments.check(value, () -> DriverRequest.patterns(Arguments.items(value)));
        }

        /** Checks the flavours. */
        @POST
        public FormValidation doCheckFlavours(@QueryParameter String value) {
            return Arguments.check(value, () -> DriverRequest.flavours(Arguments.items(value)));
        }

        /** Checks where toolkits come from. */
        @POST
        public FormValidation doCheckToolkit(@QueryParameter String value) {
            return Arguments.check(value, () -> DriverRequest.library(Arguments.items(value)));
        }

        /** Checks the kernels for which no image is wanted. */
        @POST
        public FormValidation doCheckExclude(@QueryParameter String value) {
            return Arguments.check(value, () -> DriverRequest.excluded(value));
        }

        /** Checks the pattern of base images. */
        @POST
        public FormValidation doCheckBaseImage(@QueryParameter String value) {
            return Arguments.check(value, () -> BaseImagePattern.parse(value));
        }
    }
}
