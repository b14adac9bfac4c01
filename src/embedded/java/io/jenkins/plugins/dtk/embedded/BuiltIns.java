package io.jenkins.plugins.dtk.embedded;

import hudson.ExtensionList;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Node;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/**
 * The steps of the engine itself. They are added by hand, not by annotation, so that the index of extensions, which
 * goes into the plugin, does not name them.
 */
final class BuiltIns {

    private static final List<StepDescriptor> ALL = List.of(
            step("node", NodeStep.class).takesBlock().provides(Computer.class, Node.class, FilePath.class),
            step("stage", FlowSteps.Stage.class).takesBlock(),
            step("parallel", ParallelStep.class).madeBy(ParallelStep::new),
            step("echo", FlowSteps.Echo.class),
            step("error", FlowSteps.Fail.class),
            step("sleep", FlowSteps.Sleep.class),
            step("retry", FlowSteps.Retry.class).takesBlock(),
            step("timeout", TimeoutStep.class).takesBlock(),
            step("catchError", CatchSteps.CatchError.class).takesBlock(),
            step("warnError", CatchSteps.WarnError.class).takesBlock(),
            step("unstable", CatchSteps.Unstable.class),
            step("withEnv", EnvironmentStep.class).takesBlock(),
            step("withCredentials", CredentialsStep.class).takesBlock(),
            new ShellStep.DescriptorImpl(),
            step("isUnix", FileSteps.IsUnix.class).needs(FilePath.class),
            step("dir", FileSteps.Dir.class).takesBlock().needs(FilePath.class),
            step("pwd", FileSteps.Pwd.class).needs(FilePath.class),
            step("deleteDir", FileSteps.DeleteDir.class).needs(FilePath.class),
            step("readFile", FileSteps.Read.class).needs(FilePath.class),
            step("writeFile", FileSteps.Write.class).needs(FilePath.class),
            step("fileExists", FileSteps.Exists.class).needs(FilePath.class),
            step("checkout", CheckoutStep.class).needs(FilePath.class),
            step("properties", PropertiesStep.class));

    private static boolean added;

    private BuiltIns() {}

    /** Makes them known, once in a process. */
    static synchronized void add() {
        if (!added) {
            added = true;
            ALL.forEach(ExtensionList.lookup(StepDescriptor.class)::add);
        }
    }

    private static BuiltIn.Descriptor step(String name, Class<? extends BuiltIn> type) {
        return new BuiltIn.Descriptor(name, type);
    }
}
