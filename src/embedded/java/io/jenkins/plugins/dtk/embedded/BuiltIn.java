package io.jenkins.plugins.dtk.embedded;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * A step of the engine itself: a record of its parameters, in which null, 0 and false are those not given. It runs in
 * the thread of its branch, its block too, and may wait there.
 */
interface BuiltIn {

    /** Does the work and returns what the pipeline gets. */
    Object run(EngineContext context) throws Exception;

    /** A parameter beside which the required one may be given without its name. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    @interface Optional {}

    /** One call of it. */
    final class Call extends Step {

        private final BuiltIn work;

        Call(BuiltIn work) {
            this.work = work;
        }

        @Override
        public StepExecution start(StepContext context) {
            return new Execution(context, work);
        }
    }

    /** One call of it as it runs. */
    final class Execution extends StepExecution {

        private static final long serialVersionUID = 1L;
        private final transient BuiltIn work;

        Execution(StepContext context, BuiltIn work) {
            super(context);
            this.work = work;
        }

        @Override
        public boolean start() throws Exception {
            getContext().onSuccess(work.run((EngineContext) getContext()));
            return true;
        }
    }

    /** What is known of a step of the engine. */
    final class Descriptor extends StepDescriptor {

        private final String name;
        private final Class<? extends BuiltIn> type;
        private final Set<Class<?>> required = new LinkedHashSet<>();
        private final Set<Class<?>> provided = new LinkedHashSet<>();
        private boolean block;
        private Function<Map<String, Object>, BuiltIn> maker;

        Descriptor(String name, Class<? extends BuiltIn> type) {
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
        Descriptor madeBy(Function<Map<String, Object>, BuiltIn> maker) {
            this.maker = maker;
            return this;
        }

        Class<? extends BuiltIn> type() {
            return type;
        }

        boolean takesAnyName() {
            return maker != null;
        }

        Step make(Map<String, Object> arguments) {
            return new Call(maker.apply(arguments));
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
