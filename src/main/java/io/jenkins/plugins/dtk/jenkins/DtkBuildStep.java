package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.dtk.driver.KnownFailures;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.plan.AgentScript;
import io.jenkins.plugins.dtk.plan.BuildPlan;
import io.jenkins.plugins.dtk.plan.BuildPlan.BuildChoice;
import io.jenkins.plugins.dtk.plan.DriverBuilds;
import io.jenkins.plugins.dtk.plan.Places;
import io.jenkins.plugins.dtk.plan.Rebuild;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * The step {@code dtkBuild}: runs its body once for each image that the library lacks, each in a parallel branch named
 * after the kernel, with the {@code DTK_*} variables and the secrets bound. As the last architecture of a kernel is in,
 * the kernel's multi-arch index is published. Its parameters are those of vars-docs/dtkBuild.md; what is not given is null, false, 0
 * or empty.
 */
public final class DtkBuildStep extends PackagesStep {

    static final List<String> ON_FAILURE = List.of("unstable", "failure");
    static final List<String> INCOMPLETE = List.of("publish", "hold");

    private final Object matrix;
    private final String image;
    private String registryCredentialsId;
    private String pullSecretId;
    private String builder;
    private String rebuild;
    private int limit;
    private boolean emulate;
    private boolean failFast;
    private String onFailure;
    private String incomplete;
    private boolean sbom;

    /**
     * @param matrix what {@code dtkMatrix} returned, as it is or filtered; or the same as JSON
     * @param image the library's repository, HOST/REPO
     */
    @DataBoundConstructor
    public DtkBuildStep(Object matrix, String image) {
        this.matrix = matrix;
        this.image = image;
    }

    public Object getMatrix() {
        return matrix;
    }

    public String getImage() {
        return image;
    }

    public String getRegistryCredentialsId() {
        return registryCredentialsId;
    }

    @DataBoundSetter
    public void setRegistryCredentialsId(String registryCredentialsId) {
        this.registryCredentialsId = Util.fixEmptyAndTrim(registryCredentialsId);
    }

    public String getPullSecretId() {
        return pullSecretId;
    }

    @DataBoundSetter
    public void setPullSecretId(String pullSecretId) {
        this.pullSecretId = Util.fixEmptyAndTrim(pullSecretId);
    }

    public String getBuilder() {
        return builder;
    }

    @DataBoundSetter
    public void setBuilder(String builder) {
        this.builder = Util.fixEmptyAndTrim(builder);
    }

    public String getRebuild() {
        return rebuild;
    }

    @DataBoundSetter
    public void setRebuild(String rebuild) {
        this.rebuild = Util.fixEmptyAndTrim(rebuild);
    }

    boolean rebuildsStale() throws AbortException {
        return Arguments.checked("dtkBuild", () -> Rebuild.parse(rebuild) == Rebuild.STALE);
    }

    public int getLimit() {
        return limit;
    }

    @DataBoundSetter
    public void setLimit(int limit) {
        this.limit = limit;
    }

    public boolean isEmulate() {
        return emulate;
    }

    @DataBoundSetter
    public void setEmulate(boolean emulate) {
        this.emulate = emulate;
    }

    public boolean isFailFast() {
        return failFast;
    }

    @DataBoundSetter
    public void setFailFast(boolean failFast) {
        this.failFast = failFast;
    }

    public String getOnFailure() {
        return onFailure;
    }

    @DataBoundSetter
    public void setOnFailure(String onFailure) {
        this.onFailure = Util.fixEmptyAndTrim(onFailure);
    }

    boolean failureIsUnstable() {
        return onFailure == null || onFailure.equals("unstable");
    }

    public String getIncomplete() {
        return incomplete;
    }

    @DataBoundSetter
    public void setIncomplete(String incomplete) {
        this.incomplete = Util.fixEmptyAndTrim(incomplete);
    }

    boolean holdsIncomplete() {
        return "hold".equals(incomplete);
    }

    public boolean isSbom() {
        return sbom;
    }

    @DataBoundSetter
    public void setSbom(boolean sbom) {
        this.sbom = sbom;
    }

    /**
     * Reads the matrix.
     *
     * @throws AbortException when it is none; one line
     */
    BuildMatrix matrix() throws AbortException {
        return Arguments.checked("dtkBuild", () -> BuildMatrix.of(matrix));
    }

    /**
     * Plans the run.
     *
     * @param kernels what may be built of the matrix
     * @param known what a driver is known not to compile for; null where nothing is remembered
     * @throws AbortException when an argument is malformed; one line
     */
    BuildPlan plan(BuildMatrix given, KernelMatrix kernels, Places places, KnownFailures known) throws AbortException {
        return Arguments.checked("dtkBuild", () -> {
            BuildChoice choice = new BuildChoice(Rebuild.parse(rebuild), limit, emulate);
            if (given.isOfDriver()) {
                checkDriver();
                return DriverBuilds.of(given.driver(), Arguments.repository(image), places, choice, known);
            }
            return BuildPlan.of(kernels, Arguments.repository(image), places, choice);
        });
    }

    /** A driver needs no packages of Red Hat's but those in its toolkit. */
    private void checkDriver() {
        if (installsPackages() || sbom) {
            throw new IllegalArgumentException("the RHSM parameters, extraPackages, extraRepositories and sbom are for"
                    + " the images of toolkits; leave them out for a driver");
        }
    }

    ImageReference imageReference() throws AbortException {
        return Arguments.checked("dtkBuild", () -> Arguments.repository(image));
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        Arguments.checked("dtkBuild", () -> {
            checkPackages();
            Arguments.oneOf("builder", builder, AgentScript.BUILDERS);
            Arguments.oneOf("onFailure", onFailure, ON_FAILURE);
            Arguments.oneOf("incomplete", incomplete, INCOMPLETE);
            return this;
        });
        if (context.get(Branch.class) != null) {
            throw new AbortException("dtkBuild stands in the block of another dtkBuild; call one after the other");
        }
        return new BuildExecution(context, this);
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends BuildStepDescriptor {
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
