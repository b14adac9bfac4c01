package io.jenkins.plugins.dtk.embedded;

import hudson.AbortException;
import io.jenkins.plugins.dtk.text.NearMiss;
import java.util.Set;
import java.util.TreeSet;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** Finds and runs the steps that a pipeline names. */
final class StepCaller {

    private StepCaller() {}

    /** Calls a step, or makes the description of a thing such as {@code cron(...)}; returns what the pipeline gets. */
    static Object call(String name, Object[] arguments) throws Throwable {
        StepDescriptor descriptor = StepDescriptor.byFunctionName(name);
        if (descriptor != null) {
            return call(descriptor, StepCall.of(name, arguments));
        }
        if (Described.SYMBOLS.contains(name)) {
            return Described.of(name, StepCall.of(name, arguments));
        }
        if (name.equals("pipeline")) {
            throw new AbortException(
                    "pipeline { } is declarative and needs Jenkins; this engine runs scripted pipelines"
                            + " (node { stage('...') { ... } })");
        }
        throw new AbortException("there is no step '" + name + "' outside of Jenkins"
                + NearMiss.hint(name, knownNames()) + "; it needs Jenkins and the plugin that has it");
    }

    private static Set<String> knownNames() {
        Set<String> names = new TreeSet<>(Described.SYMBOLS);
        StepDescriptor.all().forEach(descriptor -> names.add(descriptor.getFunctionName()));
        return names;
    }

    private static Object call(StepDescriptor descriptor, StepCall call) throws Throwable {
        PipelineThread branch = PipelineThread.current();
        if (branch.isInterrupted()) {
            throw branch.takeCause();
        }
        checkBlock(descriptor, call);
        EngineContext context = new EngineContext(branch, descriptor, call.block());
        try {
            descriptor.checkContextAvailability(context);
            StepExecution execution = step(descriptor, call).start(context);
            if (execution.start() && !context.isDone()) {
                throw new IllegalStateException(descriptor.getFunctionName() + " ended without an outcome");
            }
            return context.await(execution);
        } catch (Throwable failure) {
            throw Failures.causeOf(failure, branch);
        } finally {
            context.close();
        }
    }

    @SuppressWarnings("deprecation") // as Jenkins does
    private static Step step(StepDescriptor descriptor, StepCall call) throws Exception {
        if (descriptor instanceof BuiltIn.Descriptor builtIn && builtIn.takesAnyName()) {
            return builtIn.make(call.named());
        }
        StepArguments parameters = new StepArguments(descriptor);
        return descriptor.newInstance(call.byName(parameters));
    }

    private static void checkBlock(StepDescriptor descriptor, StepCall call) throws AbortException {
        String name = descriptor.getFunctionName();
        if (descriptor.takesImplicitBlockArgument() && call.block() == null) {
            throw new AbortException(name + " needs a block: " + name + " { ... }");
        }
        if (!descriptor.takesImplicitBlockArgument() && call.block() != null) {
            throw new AbortException(name + " takes no block");
        }
    }
}
