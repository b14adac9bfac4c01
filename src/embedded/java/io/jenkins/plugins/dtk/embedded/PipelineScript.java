package io.jenkins.plugins.dtk.embedded;

import groovy.lang.Closure;
import groovy.lang.MissingMethodException;
import groovy.lang.MissingPropertyException;
import groovy.lang.Script;
import hudson.AbortException;
import org.codehaus.groovy.runtime.InvokerHelper;

/**
 * What a pipeline's own class extends; only Groovy needs to see it. A name that is nothing else is a step when it is
 * called, and an environment variable when it is read.
 */
public abstract class PipelineScript extends Script {

    @Override
    public Object getProperty(String name) {
        return switch (name) {
            case "env" -> new EnvironmentVariables();
            case "params" -> branch().run().parameters();
            case "currentBuild" -> new CurrentBuild(branch().run());
            case "scm" -> CheckoutStep.SCM;
            case "steps" -> this;
            default -> variable(name);
        };
    }

    private Object variable(String name) {
        if (getBinding().hasVariable(name)) {
            return getBinding().getVariable(name);
        }
        try {
            return super.getProperty(name);
        } catch (MissingPropertyException e) {
            Object value = new EnvironmentVariables().getProperty(name);
            if (value == null) {
                throw e;
            }
            return value;
        }
    }

    @Override
    public Object invokeMethod(String name, Object arguments) {
        Object[] list = InvokerHelper.asArray(arguments);
        if (getBinding().hasVariable(name) && getBinding().getVariable(name) instanceof Closure<?> closure) {
            return closure.call(list);
        }
        if (!InvokerHelper.getMetaClass(this).respondsTo(this, name).isEmpty()) {
            throw new MissingMethodException(name, getClass(), list);
        }
        return step(name, list);
    }

    /** Groovy has a method of this name for every object, so it would not be looked up as a step. */
    public Object sleep(long time) {
        return step("sleep", time);
    }

    /** All other ways to call it, such as {@code sleep(time: 5, unit: 'MINUTES')}. */
    public Object sleep(Object argument) {
        return step("sleep", argument);
    }

    @Override
    public void println() {
        step("echo", "");
    }

    @Override
    public void println(Object value) {
        print(value);
    }

    @Override
    public void print(Object value) {
        step("echo", InvokerHelper.toString(value));
    }

    private Object step(String name, Object... arguments) {
        try {
            return StepCaller.call(name, arguments);
        } catch (Throwable failure) {
            throw Sneaky.thrown(
                    Failures.ofScript(failure, branch().run().settings().scriptName()));
        }
    }

    private static PipelineThread branch() {
        try {
            return PipelineThread.current();
        } catch (AbortException e) {
            throw Sneaky.thrown(e);
        }
    }
}
