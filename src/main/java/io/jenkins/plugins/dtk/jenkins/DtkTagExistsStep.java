package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.dtk.library.Existence;
import io.jenkins.plugins.dtk.library.ImageLibrary;
import io.jenkins.plugins.dtk.library.Platforms;
import io.jenkins.plugins.dtk.registry.ImageReference;
import io.jenkins.plugins.dtk.registry.Platform;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * The step {@code dtkTagExists}: is this image there, for these platforms, on this base? True, false, or an error; false
 * means that the registry said so, never that it could not be asked.
 */
public final class DtkTagExistsStep extends Step {

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

    /** The repository. */
    public String getImage() {
        return image;
    }

    /** The tag. */
    public String getTag() {
        return tag;
    }

    /** The platforms it must have, such as linux/arm64; empty means any. */
    public List<String> getPlatforms() {
        return platforms;
    }

    /** Sets the platforms it must have. */
    @DataBoundSetter
    public void setPlatforms(List<String> platforms) {
        this.platforms = platforms == null ? List.of() : List.copyOf(platforms);
    }

    /** The digest of the base image that it must be built from; null means any. */
    public String getBaseDigest() {
        return baseDigest;
    }

    /** Sets the digest of the base image that it must be built from. */
    @DataBoundSetter
    public void setBaseDigest(String baseDigest) {
        this.baseDigest = Util.fixEmptyAndTrim(baseDigest);
    }

    /** ID of the user and password that may read it; null means anonymous. */
    public String getRegistryCredentialsId() {
        return registryCredentialsId;
    }

    /** Sets the ID of the user and password that may read it. */
    @DataBoundSetter
    public void setRegistryCredentialsId(String registryCredentialsId) {
        this.registryCredentialsId = Util.fixEmptyAndTrim(registryCredentialsId);
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        return new Execution(context, this);
    }

    private static final class Execution extends SynchronousNonBlockingStepExecution<Boolean> {
        private static final long serialVersionUID = 1L;

        private final transient DtkTagExistsStep step;

        Execution(StepContext context, DtkTagExistsStep step) {
            super(context);
            this.step = step;
        }

        @Override
        protected Boolean run() throws Exception {
            ImageReference repository = Arguments.repository("dtkTagExists", step.image);
            if (step.tag == null || !ImageReference.isTag(step.tag)) {
                throw new AbortException("dtkTagExists: 'tag' is '" + step.tag + "', which is no image tag");
            }
            RegistryClient client = DtkConfiguration.settings()
                    .registryClient(new StepCredentials(getContext().get(Run.class))
                            .registry("registryCredentialsId", step.registryCredentialsId, repository));
            Existence existence = new ImageLibrary(client, repository).exists(step.tag, platforms(), step.baseDigest);
            if (existence instanceof Existence.Unknown unknown) {
                throw new AbortException("dtkTagExists: " + unknown.failure().getMessage());
            }
            if (existence instanceof Existence.Absent absent) {
                getContext().get(TaskListener.class).getLogger().println("dtk: " + absent.why());
            }
            return existence instanceof Existence.Present;
        }

        private List<Platform> platforms() throws AbortException {
            try {
                return Platforms.parse(step.platforms);
            } catch (IllegalArgumentException e) {
                throw new AbortException("dtkTagExists: 'platforms' is " + e.getMessage());
            }
        }
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "dtkTagExists";
        }

        @Override
        public String getDisplayName() {
            return "Tell whether an image is in a registry";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
