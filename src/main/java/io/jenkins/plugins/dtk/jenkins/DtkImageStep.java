package io.jenkins.plugins.dtk.jenkins;

import hudson.EnvVars;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.dtk.plan.BuildInputs;
import java.util.Map;
import java.util.stream.Collectors;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * The step {@code dtkImage}: builds and pushes the image of the branch it stands in, on the current agent. For a toolkit
 * all values come from the branch's environment; for a driver, it takes the vendor's Containerfile.
 */
public final class DtkImageStep extends DriverTaskStep {

    private String containerfile;
    private String context;
    private String buildContexts;
    private String buildArgs;
    private String target;
    private String labels;
    private String secrets;

    /** A step without parameters, as for toolkits. */
    @DataBoundConstructor
    public DtkImageStep() {}

    /** The Containerfile of a driver, in the workspace; null means {@code Containerfile}. */
    public String getContainerfile() {
        return containerfile;
    }

    /** Sets the Containerfile of a driver. */
    @DataBoundSetter
    public void setContainerfile(String containerfile) {
        this.containerfile = Util.fixEmptyAndTrim(containerfile);
    }

    /** The folder of the workspace that the build sees; null means none, as in KMM. */
    public String getContext() {
        return context;
    }

    /** Sets the folder that the build sees. */
    @DataBoundSetter
    public void setContext(String context) {
        this.context = Util.fixEmptyAndTrim(context);
    }

    /** Further folders of the workspace, lines NAME=FOLDER; null for none. */
    public String getBuildContexts() {
        return buildContexts;
    }

    /** Sets the further folders: a map, or lines NAME=FOLDER. */
    @DataBoundSetter
    public void setBuildContexts(Object buildContexts) {
        this.buildContexts = Arguments.lines(buildContexts);
    }

    /** Build arguments, lines NAME=VALUE with placeholders in the values; null for none. */
    public String getBuildArgs() {
        return buildArgs;
    }

    /** Sets the build arguments: a map, or lines NAME=VALUE. */
    @DataBoundSetter
    public void setBuildArgs(Object buildArgs) {
        this.buildArgs = Arguments.lines(buildArgs);
    }

    /** The stage to build; null means the last. */
    public String getTarget() {
        return target;
    }

    /** Sets the stage to build. */
    @DataBoundSetter
    public void setTarget(String target) {
        this.target = Util.fixEmptyAndTrim(target);
    }

    /** Labels of the image, lines NAME=VALUE with placeholders in the values; null for none. */
    public String getLabels() {
        return labels;
    }

    /** Sets the labels: a map, or lines NAME=VALUE. */
    @DataBoundSetter
    public void setLabels(Object labels) {
        this.labels = Arguments.lines(labels);
    }

    /** Secrets of the build, lines NAME=PATH of files or folders on the agent; null for none. */
    public String getSecrets() {
        return secrets;
    }

    /** Sets the secrets: a map, or lines NAME=PATH. */
    @DataBoundSetter
    public void setSecrets(Object secrets) {
        this.secrets = Arguments.lines(secrets);
    }

    @Override
    String verb() {
        return "builds";
    }

    @Override
    boolean isForDriver() {
        return super.isForDriver()
                || containerfile != null
                || context != null
                || buildContexts != null
                || buildArgs != null
                || target != null
                || labels != null
                || secrets != null;
    }

    @Override
    Map<String, String> settings(EnvVars environment) {
        Map<String, String> all = super.settings(environment);
        put(all, "DTK_CONTAINERFILE", containerfile);
        put(all, "DTK_CONTEXT", context);
        put(all, "DTK_TARGET", target);
        Map<String, String> contexts = Arguments.pairs("buildContexts", buildContexts);
        BuildInputs.checkContexts(contexts.keySet());
        all.put("DTK_CONTEXTS", lines(contexts));
        Map<String, String> arguments = Arguments.pairs("buildArgs", buildArgs);
        BuildInputs.check(arguments.keySet());
        all.put("DTK_BUILD_ARGS", lines(BuildInputs.filled(arguments, environment)));
        all.put("DTK_LABELS", lines(BuildInputs.filled(Arguments.pairs("labels", labels), environment)));
        Map<String, String> given = Arguments.pairs("secrets", secrets);
        BuildInputs.checkSecrets(given.keySet());
        all.put("DTK_SECRETS", lines(given));
        return all;
    }

    private static void put(Map<String, String> all, String name, String value) {
        if (value != null) {
            all.put(name, value);
        }
    }

    private static String lines(Map<String, String> pairs) {
        return pairs.entrySet().stream()
                .map(pair -> pair.getKey() + "=" + pair.getValue())
                .collect(Collectors.joining("\n"));
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends DriverTaskDescriptor {
        @Override
        public String getFunctionName() {
            return "dtkImage";
        }

        @Override
        public String getDisplayName() {
            return "Build and push the branch's image";
        }
    }
}
