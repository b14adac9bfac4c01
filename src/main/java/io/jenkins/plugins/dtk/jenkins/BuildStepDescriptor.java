package io.jenkins.plugins.dtk.jenkins;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.dtk.driver.DriverMatrix;
import io.jenkins.plugins.dtk.matrix.MatrixJson;
import io.jenkins.plugins.dtk.plan.AgentScript;
import io.jenkins.plugins.dtk.plan.BuildPlan.BuildChoice;
import io.jenkins.plugins.dtk.plan.Extras;
import io.jenkins.plugins.dtk.plan.Rebuild;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form of {@link DtkBuildStep}: its lists and checks. */
@Restricted(NoExternalUse.class) // the form
public abstract class BuildStepDescriptor extends LibraryStepDescriptor {

    BuildStepDescriptor() {}

    /** The matrix of a form: its JSON. */
    public String json(Object matrix) {
        if (matrix instanceof Map<?, ?> map) {
            return DriverMatrix.isMap(map)
                    ? DriverMatrix.fromMap(map).toJson()
                    : MatrixJson.write(MatrixJson.fromMap(map));
        }
        return String.valueOf(matrix == null ? "" : matrix);
    }

    /** The credentials that may be the pull secret. */
    @POST
    public ListBoxModel doFillPullSecretIdItems(@AncestorInPath Item item, @QueryParameter String pullSecretId) {
        return CredentialsKind.FILE_OR_TEXT.items(item, pullSecretId);
    }

    /** Checks that it is there. */
    @POST
    public FormValidation doCheckPullSecretId(@AncestorInPath Item item, @QueryParameter String value) {
        return CredentialsKind.FILE_OR_TEXT.check(item, value);
    }

    /** The credentials that may be the RHSM organisation. */
    @POST
    public ListBoxModel doFillRhsmOrgIdItems(@AncestorInPath Item item, @QueryParameter String rhsmOrgId) {
        return CredentialsKind.TEXT.items(item, rhsmOrgId);
    }

    /** Checks that it is there. */
    @POST
    public FormValidation doCheckRhsmOrgId(@AncestorInPath Item item, @QueryParameter String value) {
        return CredentialsKind.TEXT.check(item, value);
    }

    /** The credentials that may be the RHSM activation key. */
    @POST
    public ListBoxModel doFillRhsmActivationKeyIdItems(
            @AncestorInPath Item item, @QueryParameter String rhsmActivationKeyId) {
        return CredentialsKind.TEXT.items(item, rhsmActivationKeyId);
    }

    /** The credentials that may hold the certificate. */
    @POST
    public ListBoxModel doFillRhsmCertificateIdItems(
            @AncestorInPath Item item, @QueryParameter String rhsmCertificateId) {
        return CredentialsKind.FILE_OR_TEXT.items(item, rhsmCertificateId);
    }

    /** The tools that build. */
    @POST
    public ListBoxModel doFillBuilderItems() {
        return Choices.of(AgentScript.BUILDERS);
    }

    /** What is registered with RHSM. */
    @POST
    public ListBoxModel doFillRhsmItems() {
        return Choices.of(PackagesStep.RHSM);
    }

    /** Which images are built. */
    @POST
    public ListBoxModel doFillRebuildItems() {
        return Choices.of(Rebuild.words());
    }

    /** What the build becomes when some images failed. */
    @POST
    public ListBoxModel doFillOnFailureItems() {
        return Choices.of(DtkBuildStep.ON_FAILURE);
    }

    /** What becomes of the index of a kernel that lacks an architecture. */
    @POST
    public ListBoxModel doFillIncompleteItems() {
        return Choices.of(DtkBuildStep.INCOMPLETE);
    }

    /** Checks the matrix, where it is JSON. */
    @POST
    public FormValidation doCheckMatrix(@QueryParameter String value) {
        return Arguments.check(value, () -> BuildMatrix.of(value));
    }

    /** Checks that the two credentials of RHSM are there together. */
    @POST
    public FormValidation doCheckRhsmActivationKeyId(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String rhsmOrgId) {
        FormValidation pair = Arguments.check(value + rhsmOrgId, () -> PackagesStep.checkPair(rhsmOrgId, value));
        return pair.kind == FormValidation.Kind.OK ? CredentialsKind.TEXT.check(item, value) : pair;
    }

    /** Checks that the certificate is not there beside what it stands in for. */
    @POST
    public FormValidation doCheckRhsmCertificateId(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String rhsmOrgId) {
        FormValidation oneWay = Arguments.check(value, () -> PackagesStep.checkOneWay(rhsmOrgId, value));
        return oneWay.kind == FormValidation.Kind.OK ? CredentialsKind.FILE_OR_TEXT.check(item, value) : oneWay;
    }

    /** Checks that what is registered fits the credentials. */
    @POST
    public FormValidation doCheckRhsm(
            @QueryParameter String value, @QueryParameter String rhsmOrgId, @QueryParameter String rhsmCertificateId) {
        return Arguments.check(value, () -> PackagesStep.checkRhsm(value, rhsmOrgId, rhsmCertificateId));
    }

    /** Checks the packages. */
    @POST
    public FormValidation doCheckExtraPackages(@QueryParameter String value) {
        return Arguments.check(value, () -> Extras.packages(value));
    }

    /** Checks the repositories. */
    @POST
    public FormValidation doCheckExtraRepositories(@QueryParameter String value) {
        return Arguments.check(value, () -> Extras.repositories(value));
    }

    /** Checks the limit. */
    @POST
    public FormValidation doCheckLimit(@QueryParameter String value) {
        return Arguments.check(
                value, () -> new BuildChoice(Rebuild.MISSING, Arguments.wholeNumber("limit", value), false));
    }
}
