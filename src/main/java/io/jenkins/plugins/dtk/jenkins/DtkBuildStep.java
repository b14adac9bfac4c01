package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
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

    Map<?, ?> matrixMap() throws AbortException {
        if (matrix instanceof Map<?, ?> map) {
            return map;
        }
        if (matrix instanceof CharSequence json) {
            try {
                return MatrixJson.toMap(MatrixJson.read(json.toString()));
            } catch (IllegalArgumentException e) {
                throw new AbortException("dtkBuild: " + e.getMessage());
            }
        }
        throw new AbortException("dtkBuild: 'matrix' is missing or no map; pass what dtkMatrix returns");
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
