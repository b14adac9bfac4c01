package io.jenkins.plugins.dtk.jenkins;

import hudson.EnvVars;
import hudson.Extension;
import hudson.Util;
import java.util.Map;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * The step {@code dtkCheck}: checks the image that the vendor's own command has built in a branch of {@code dtkBuild}, and
 * pushes it under the branch's tags only if its modules fit.
 */
public final class DtkCheckStep extends DriverTaskStep {

    private String image;

    /** A step that checks the image {@code DTK_BUILT}. */
    @DataBoundConstructor
    public DtkCheckStep() {}

    /** The image on the agent; null means {@code DTK_BUILT}. */
    public String getImage() {
        return image;
    }

    /** Sets the image on the agent. */
    @DataBoundSetter
    public void setImage(String image) {
        this.image = Util.fixEmptyAndTrim(image);
    }

    @Override
    String verb() {
        return "checks";
    }

    @Override
    boolean isForDriver() {
        return true;
    }

    @Override
    Map<String, String> settings(EnvVars environment) {
        Map<String, String> all = super.settings(environment);
        all.put("DTK_CHECK", image == null ? environment.get("DTK_BUILT") : image);
        return all;
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends DriverTaskDescriptor {
        @Override
        public String getFunctionName() {
            return "dtkCheck";
        }

        @Override
        public String getDisplayName() {
            return "Check and push a driver's image that is built";
        }
    }
}
