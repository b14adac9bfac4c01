package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import hudson.Util;
import io.jenkins.plugins.dtk.plan.Extras;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * A step whose builds install packages: the parameters that say which ones beside those of a toolkit, and how the builds
 * come to Red Hat's. Each is the parameter of its name in vars-docs/dtkBuild.md; what is not given is null.
 */
@Restricted(NoExternalUse.class) // for the step here
public abstract class PackagesStep extends Step {

    static final List<String> RHSM = List.of("per-image", "per-run");

    private String rhsmOrgId;
    private String rhsmActivationKeyId;
    private String rhsmCertificateId;
    private String rhsm;
    private String extraPackages;
    private String extraRepositories;

    PackagesStep() {}

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

    /** Whether any of its parameters is given. */
    final boolean installsPackages() {
        return rhsmOrgId != null || rhsmCertificateId != null || extraPackages != null || extraRepositories != null;
    }

    /**
     * Checks the parameters together.
     *
     * @throws IllegalArgumentException when they contradict each other; one line
     */
    final void checkPackages() {
        checkPair(rhsmOrgId, rhsmActivationKeyId);
        Arguments.oneOf("rhsm", rhsm, RHSM);
        checkRhsm(rhsm, rhsmOrgId, rhsmCertificateId);
        checkOneWay(rhsmOrgId, rhsmCertificateId);
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
}
