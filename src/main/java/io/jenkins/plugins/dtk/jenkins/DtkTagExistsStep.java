package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import io.jenkins.plugins.dtk.library.ImageLibrary;
import io.jenkins.plugins.dtk.library.ImageLibrary.Existence;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Platform;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * The step {@code dtkTagExists}: is this image there, for these platforms, on this base? True, false, or an error; false
 * means that the registry said so, never that it could not be asked.
 * Its parameters are those of vars-docs/dtkTagExists.md; what is not given is null or an empty list.
 */
public final class DtkTagExistsStep extends Step implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String image;
    private final String tag;
    private List<String> platforms = List.of();
    private String baseDigest;
    private String registryCredentialsId;

    /**
     * @param image the repository, HOST/REPO
     * @param tag the tag
     */
    @DataBoundConstructor
    public DtkTagExistsStep(String image, String tag) {
        this.image = image;
        this.tag = tag;
    }

    public String getImage() {
        return image;
    }

    public String getTag() {
        return tag;
    }

    public List<String> getPlatforms() {
        return platforms;
    }

    @DataBoundSetter
    public void setPlatforms(Object platforms) {
        this.platforms = Arguments.items(platforms);
    }

    public String getBaseDigest() {
        return baseDigest;
    }

    @DataBoundSetter
    public void setBaseDigest(String baseDigest) {
        this.baseDigest = Util.fixEmptyAndTrim(baseDigest);
    }

    public String getRegistryCredentialsId() {
        return registryCredentialsId;
    }

    @DataBoundSetter
    public void setRegistryCredentialsId(String registryCredentialsId) {
        this.registryCredentialsId = Util.fixEmptyAndTrim(registryCredentialsId);
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        return new Execution(context, this);
    }

    private static final class Execution extends ReadingExecution<Boolean> {
        private static final long serialVersionUID = 1L;

        private final DtkTagExistsStep step;

        Execution(StepContext context, DtkTagExistsStep step) {
            super(context);
            this.step = step;
        }

        @Override
        Boolean read() throws Exception {
            ImageReference repository = Arguments.checked("dtkTagExists", () -> Arguments.repository(step.image));
            String tag = Arguments.checked("dtkTagExists", () -> tag(step.tag));
            List<Platform> platforms = Arguments.checked("dtkTagExists", () -> platforms(step.platforms));
            Digest baseDigest = Arguments.checked("dtkTagExists", () -> digest(step.baseDigest));
            RegistryClient client = DtkConfiguration.sharedClient(
                    new StepCredentials(getContext().get(Run.class))
                            .registry("registryCredentialsId", step.registryCredentialsId, repository));
            Existence existence = new ImageLibrary(client, repository).exists(tag, platforms, baseDigest);
            if (existence instanceof Existence.Unknown unknown) {
                throw new AbortException("dtkTagExists: " + unknown.failure().getMessage());
            }
            if (existence instanceof Existence.Absent absent) {
                getContext().get(TaskListener.class).getLogger().println("dtk: " + absent.why());
            }
            return existence instanceof Existence.Present;
        }
    }

    private static String tag(String tag) {
        if (tag == null || !ImageReference.isTag(tag)) {
            throw new IllegalArgumentException("'tag' is '" + tag + "', which is no image tag");
        }
        return tag;
    }

    private static List<Platform> platforms(List<String> names) {
        try {
            return Platform.named(names);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'platforms' is " + e.getMessage(), e);
        }
    }

    /** A digest, or null. */
    private static Digest digest(String digest) {
        try {
            return digest == null ? null : Digest.parse(digest);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'baseDigest' is " + e.getMessage(), e);
        }
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends LibraryStepDescriptor {
        @Override
        public String getFunctionName() {
            return "dtkTagExists";
        }

        @Override
        public String getDisplayName() {
            return "Check whether an image is in a registry";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }

        /** Checks the tag. */
        @POST
        public FormValidation doCheckTag(@QueryParameter String value) {
            return Arguments.check(value, () -> tag(value));
        }

        /** Checks the platforms. */
        @POST
        public FormValidation doCheckPlatforms(@QueryParameter String value) {
            return Arguments.check(value, () -> platforms(Arguments.items(value)));
        }

        /** Checks the digest of the base. */
        @POST
        public FormValidation doCheckBaseDigest(@QueryParameter String value) {
            return Arguments.check(value, () -> digest(Util.fixEmptyAndTrim(value)));
        }
    }
}
