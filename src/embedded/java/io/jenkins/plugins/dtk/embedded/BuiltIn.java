package io.jenkins.plugins.dtk.embedded;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.StepExecutions;

/** A step of the engine itself: it runs in the thread of its branch, its block too, and may wait there. */
abstract class BuiltIn extends Step {

    /** Does the work and returns what the pipeline gets. */
    abstract Object run(EngineContext context) throws Exception;

    @Override
    public final StepExecution start(StepContext context) {
        return StepExecutions.synchronous(context, around -> run((EngineContext) around));
    }

    /** What is known of a step of the engine. */
    static final class Descriptor extends StepDescriptor {

        private final String name;
        private final Class<? extends Step> type;
        private final Set<Class<?>> required = new LinkedHashSet<>();
        private final Set<Class<?>> provided = new LinkedHashSet<>();
        private boolean block;
        private Function<Map<String, Object>, Step> maker;

        Descriptor(String name, Class<? extends Step> type) {
            this.name = name;
            this.type = type;
        }

        Descriptor needs(Class<?>... types) {
            required.addAll(List.of(types));
            return this;
        }

        Descriptor takesBlock() {
            block = true;
            return this;
        }

        Descriptor provides(Class<?>... types) {
            provided.addAll(List.of(types));
            return this;
        }

        /** Its arguments have names of the user's own. */
        Descriptor madeBy(Function<Map<String, Object>, Step> maker) {
            this.maker = maker;
            return this;
        }

        Class<? extends Step> type() {
            return type;
        }

        boolean takesAnyName() {
            return maker != null;
        }

        Step make(Map<String, Object> arguments) {
            return maker.apply(arguments);
        }

        @Override
        public String getFunctionName() {
            return name;
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return block;
        }

        @Override
        public Set<Class<?>> getRequiredContext() {
            return required;
        }

        @Override
        public Set<Class<?>> getProvidedContext() {
            return provided;
        }
    }
}
