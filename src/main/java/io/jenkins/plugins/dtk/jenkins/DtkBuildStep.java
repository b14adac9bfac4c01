package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.dtk.build.BuildChoice;
import io.jenkins.plugins.dtk.build.BuildPlan;
import io.jenkins.plugins.dtk.build.ImageBuild;
import io.jenkins.plugins.dtk.build.Rebuild;
import io.jenkins.plugins.dtk.build.Settings;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.matrix.MatrixJson;
import io.jenkins.plugins.dtk.registry.ImageReference;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * The step {@code dtkBuild}: runs its body once for each image that the library lacks, each in a parallel branch named
 * after the kernel, with the {@code DTK_*} variables and the secrets bound. As the last architecture of a kernel is in,
 * the kernel's multi-arch index is published.
 */
public final class DtkBuildStep extends Step {

    private final Object matrix;
    private final String image;
    private String registryCredentialsId;
    private String rhsmOrgId;
    private String rhsmActivationKeyId;
    private String builder;
    private String rebuild;
    private int limit;
    private boolean emulate;
    private boolean failFast;
    private String onFailure;

    /**
     * @param matrix what {@code dtkMatrix} returned, as it is or filtered; or the same as JSON
     * @param image the library's repository, HOST/REPO
     */
    @DataBoundConstructor
    public DtkBuildStep(Object matrix, String image) {
        this.matrix = matrix;
        this.image = image;
    }

    /** What {@code dtkMatrix} returned. */
    public Object getMatrix() {
        return matrix;
    }

    /** The library's repository. */
    public String getImage() {
        return image;
    }

    /** ID of the user and password that may push; without it, images are pushed without login. */
    public String getRegistryCredentialsId() {
        return registryCredentialsId;
    }

    /** Sets the ID of the user and password that may push. */
    @DataBoundSetter
    public void setRegistryCredentialsId(String registryCredentialsId) {
        this.registryCredentialsId = Util.fixEmptyAndTrim(registryCredentialsId);
    }

    /** ID of the secret text with the RHSM organisation. */
    public String getRhsmOrgId() {
        return rhsmOrgId;
    }

    /** Sets the ID of the secret text with the RHSM organisation. */
    @DataBoundSetter
    public void setRhsmOrgId(String rhsmOrgId) {
        this.rhsmOrgId = Util.fixEmptyAndTrim(rhsmOrgId);
    }

    /** ID of the secret text with the RHSM activation key. */
    public String getRhsmActivationKeyId() {
        return rhsmActivationKeyId;
    }

    /** Sets the ID of the secret text with the RHSM activation key. */
    @DataBoundSetter
    public void setRhsmActivationKeyId(String rhsmActivationKeyId) {
        this.rhsmActivationKeyId = Util.fixEmptyAndTrim(rhsmActivationKeyId);
    }

    /** The tool that builds: podman (when null), buildah or docker. */
    public String getBuilder() {
        return builder;
    }

    /** Sets the tool that builds. */
    @DataBoundSetter
    public void setBuilder(String builder) {
        this.builder = Util.fixEmptyAndTrim(builder);
    }

    /** Which images are built: {@code missing} (when null), {@code stale} or {@code all}. */
    public String getRebuild() {
        return rebuild;
    }

    /** Sets which images are built. */
    @DataBoundSetter
    public void setRebuild(String rebuild) {
        this.rebuild = Util.fixEmptyAndTrim(rebuild);
    }

    /** How many images are built at most, those of the newest kernels first; 0 means all. */
    public int getLimit() {
        return limit;
    }

    /** Sets how many images are built at most. */
    @DataBoundSetter
    public void setLimit(int limit) {
        this.limit = limit;
    }

    /** Whether one branch builds all architectures of a kernel, one after the other, by emulation. */
    public boolean isEmulate() {
        return emulate;
    }

    /** Sets whether one branch builds all architectures of a kernel. */
    @DataBoundSetter
    public void setEmulate(boolean emulate) {
        this.emulate = emulate;
    }

    /** Whether the first branch that fails ends the others. */
    public boolean isFailFast() {
        return failFast;
    }

    /** Sets whether the first branch that fails ends the others. */
    @DataBoundSetter
    public void setFailFast(boolean failFast) {
        this.failFast = failFast;
    }

    /** What the build becomes when some images failed: {@code unstable} (when null) or {@code failure}. */
    public String getOnFailure() {
        return onFailure;
    }

    /** Sets what the build becomes when some images failed. */
    @DataBoundSetter
    public void setOnFailure(String onFailure) {
        this.onFailure = Util.fixEmptyAndTrim(onFailure);
    }

    boolean failureIsUnstable() {
        return onFailure == null || onFailure.equals("unstable");
    }

    private KernelMatrix kernels() {
        if (matrix instanceof Map<?, ?> map) {
            return MatrixJson.fromMap(map);
        }
        if (matrix instanceof CharSequence json) {
            return MatrixJson.read(json.toString());
        }
        throw new IllegalArgumentException("'matrix' is missing or no map; pass what dtkMatrix returns");
    }

    BuildPlan plan(Settings settings) throws AbortException {
        try {
            BuildChoice choice = new BuildChoice(Rebuild.parse(rebuild), limit, emulate);
            return BuildPlan.of(kernels(), imageReference(), settings, choice);
        } catch (IllegalArgumentException e) {
            throw new AbortException("dtkBuild: " + e.getMessage());
        }
    }

    /** What is going to happen, in one line for the log. */
    String summary(BuildPlan plan) throws AbortException {
        String name = imageReference().name();
        String skipped = plan.skipped().isEmpty()
                ? ""
                : ", " + plan.skippedImages() + " left for another run by the limit of " + limit;
        if (plan.builds().isEmpty() && plan.joins().isEmpty()) {
            return "dtk: " + name + (skipped.isEmpty() ? " lacks nothing" : ": nothing to build" + skipped);
        }
        long kernels = plan.builds().stream().map(ImageBuild::kernel).distinct().count();
        String joins = plan.joins().isEmpty() ? "" : ", " + plan.joins().size() + " kernels to join";
        return "dtk: " + plan.images() + " images to build for " + kernels + " kernels" + joins + skipped;
    }

    ImageReference imageReference() throws AbortException {
        return Arguments.repository("dtkBuild", image);
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        if ((rhsmOrgId == null) != (rhsmActivationKeyId == null)) {
            throw new AbortException("dtkBuild: rhsmOrgId and rhsmActivationKeyId go together; "
                    + (rhsmOrgId == null ? "rhsmOrgId" : "rhsmActivationKeyId") + " is missing");
        }
        if (builder != null && !Set.of("podman", "buildah", "docker").contains(builder)) {
            throw new AbortException("dtkBuild: 'builder' is '" + builder + "'; use podman, buildah or docker");
        }
        if (!failureIsUnstable() && !onFailure.equals("failure")) {
            throw new AbortException("dtkBuild: 'onFailure' is '" + onFailure + "'; use unstable or failure");
        }
        return new BuildExecution(context, this);
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "dtkBuild";
        }

        @Override
        public String getDisplayName() {
            return "Build the Driver Toolkit images that a library lacks";
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
