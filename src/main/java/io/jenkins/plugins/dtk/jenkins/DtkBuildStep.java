package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.dtk.driver.DriverMatrix;
import io.jenkins.plugins.dtk.driver.DriverMatrixJson;
import io.jenkins.plugins.dtk.driver.KnownFailures;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.matrix.MatrixJson;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.plan.AgentScript;
import io.jenkins.plugins.dtk.plan.BuildChoice;
import io.jenkins.plugins.dtk.plan.BuildPlan;
import io.jenkins.plugins.dtk.plan.DriverBuilds;
import io.jenkins.plugins.dtk.plan.Extras;
import io.jenkins.plugins.dtk.plan.ImageBuild;
import io.jenkins.plugins.dtk.plan.Places;
import io.jenkins.plugins.dtk.plan.Rebuild;
import io.jenkins.plugins.dtk.report.Shown;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
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
public final class DtkBuildStep extends Step {

    static final List<String> ON_FAILURE = List.of("unstable", "failure");
    static final List<String> INCOMPLETE = List.of("publish", "hold");
    static final List<String> RHSM = List.of("per-image", "per-run");

    private final Object matrix;
    private final String image;
    private String registryCredentialsId;
    private String pullSecretId;
    private String rhsmOrgId;
    private String rhsmActivationKeyId;
    private String rhsmCertificateId;
    private String rhsm;
    private String builder;
    private String extraPackages;
    private String extraRepositories;
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

    public String getRhsmOrgId() {
        return rhsmOrgId;
    }

    @DataBoundSetter
    public void setRhsmOrgId(String rhsmOrgId) {
        this.rhsmOrgId = Util.fixEmptyAndTrim(rhsmOrgId);
    }

    public String getRhsmActivationKeyId() {
        return rhsmActivationKeyId;
    }

    @DataBoundSetter
    public void setRhsmActivationKeyId(String rhsmActivationKeyId) {
        this.rhsmActivationKeyId = Util.fixEmptyAndTrim(rhsmActivationKeyId);
    }

    public String getRhsmCertificateId() {
        return rhsmCertificateId;
    }

    @DataBoundSetter
    public void setRhsmCertificateId(String rhsmCertificateId) {
        this.rhsmCertificateId = Util.fixEmptyAndTrim(rhsmCertificateId);
    }

    public String getRhsm() {
        return rhsm;
    }

    @DataBoundSetter
    public void setRhsm(String rhsm) {
        this.rhsm = Util.fixEmptyAndTrim(rhsm);
    }

    boolean registersPerRun() {
        return "per-run".equals(rhsm);
    }

    public String getBuilder() {
        return builder;
    }

    @DataBoundSetter
    public void setBuilder(String builder) {
        this.builder = Util.fixEmptyAndTrim(builder);
    }

    public String getExtraPackages() {
        return extraPackages;
    }

    @DataBoundSetter
    public void setExtraPackages(String extraPackages) {
        this.extraPackages = Util.fixEmptyAndTrim(extraPackages);
    }

    public String getExtraRepositories() {
        return extraRepositories;
    }

    @DataBoundSetter
    public void setExtraRepositories(String extraRepositories) {
        this.extraRepositories = Util.fixEmptyAndTrim(extraRepositories);
    }

    Extras extras() throws AbortException {
        return Arguments.checked("dtkBuild", () -> Extras.of(extraPackages, extraRepositories));
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

    /** The matrix of a driver; null where it is that of toolkits. */
    DriverMatrix driver() throws AbortException {
        return Arguments.checked("dtkBuild", () -> driver(matrix));
    }

    private static DriverMatrix driver(Object matrix) {
        if (matrix instanceof Map<?, ?> map && DriverMatrixJson.is(map)) {
            return DriverMatrixJson.fromMap(map);
        }
        return matrix instanceof CharSequence json ? DriverMatrixJson.find(json.toString()) : null;
    }

    static KernelMatrix kernels(Object matrix) {
        DriverMatrix driver = driver(matrix);
        if (driver != null) {
            return driver.kernels();
        }
        if (matrix instanceof Map<?, ?> map) {
            return MatrixJson.fromMap(map);
        }
        if (matrix instanceof CharSequence json) {
            if (json.toString().strip().matches("[A-Za-z_]\\w*")) {
                throw new IllegalArgumentException("'matrix' is the text '" + json
                        + "'; for the variable of this name, leave out the quotes in the script: matrix: " + json);
            }
            return MatrixJson.parse(json.toString());
        }
        throw new IllegalArgumentException("'matrix' is missing or no map; pass what dtkMatrix returns");
    }

    KernelMatrix kernels() throws AbortException {
        return Arguments.checked("dtkBuild", () -> kernels(matrix));
    }

    /** @param known what a driver is known not to compile for; null where nothing is remembered */
    BuildPlan plan(KernelMatrix kernels, Places places, KnownFailures known) throws AbortException {
        DriverMatrix driver = driver();
        return Arguments.checked("dtkBuild", () -> {
            BuildChoice choice = new BuildChoice(Rebuild.parse(rebuild), limit, emulate);
            if (driver != null) {
                checkDriver();
                return DriverBuilds.of(driver, Arguments.repository(image), places, choice, known);
            }
            return BuildPlan.of(kernels, Arguments.repository(image), places, choice);
        });
    }

    /** What is going to happen, in one line for the log. */
    String summary(BuildPlan plan) throws AbortException {
        String name = imageReference().name();
        String skipped = plan.skipped().isEmpty()
                ? ""
                : ", " + plan.skippedImages() + " left for another run by the limit of " + limit;
        String rest = skipped + plan.settledText();
        if (plan.builds().isEmpty() && plan.joins().isEmpty()) {
            return "dtk: " + name + (rest.isEmpty() ? " lacks nothing" : ": nothing to build" + rest);
        }
        long kernels = plan.builds().stream().map(ImageBuild::kernel).distinct().count();
        String joins =
                plan.joins().isEmpty() ? "" : ", " + Shown.count(plan.joins().size(), "kernel") + " to join";
        return "dtk: " + Shown.count(plan.images(), "image") + " to build for " + Shown.count(kernels, "kernel") + joins
                + rest;
    }

    /** A driver needs no packages of Red Hat's but those in its toolkit. */
    private void checkDriver() {
        if (rhsmOrgId != null
                || rhsmCertificateId != null
                || extraPackages != null
                || extraRepositories != null
                || sbom) {
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
            checkPair(rhsmOrgId, rhsmActivationKeyId);
            Arguments.oneOf("rhsm", rhsm, RHSM);
            checkRhsm(rhsm, rhsmOrgId, rhsmCertificateId);
            checkOneWay(rhsmOrgId, rhsmCertificateId);
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

    static void checkPair(String orgId, String activationKeyId) {
        if ((Util.fixEmptyAndTrim(orgId) == null) != (Util.fixEmptyAndTrim(activationKeyId) == null)) {
            throw new IllegalArgumentException("rhsmOrgId and rhsmActivationKeyId go together; "
                    + (Util.fixEmptyAndTrim(orgId) == null ? "rhsmOrgId" : "rhsmActivationKeyId") + " is missing");
        }
    }

    static void checkRhsm(String rhsm, String orgId, String certificateId) {
        if ("per-run".equals(rhsm) && Util.fixEmptyAndTrim(certificateId) != null) {
            throw new IllegalArgumentException("rhsm: 'per-run' and rhsmCertificateId exclude each other: with a"
                    + " certificate nothing is registered; leave one out");
        }
        if ("per-run".equals(rhsm) && Util.fixEmptyAndTrim(orgId) == null) {
            throw new IllegalArgumentException(
                    "rhsm: 'per-run' registers a system: give it rhsmOrgId and rhsmActivationKeyId");
        }
    }

    static void checkOneWay(String orgId, String certificateId) {
        if (Util.fixEmptyAndTrim(orgId) != null && Util.fixEmptyAndTrim(certificateId) != null) {
            throw new IllegalArgumentException("rhsmOrgId and rhsmCertificateId exclude each other: with a certificate"
                    + " nothing is registered; leave one out");
        }
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
