package io.jenkins.plugins.dtk.embedded;

import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;

/**
 * Lets {@code sleep} mean the step in blocks too. Groovy gives every object a method of this name, which sleeps for
 * milliseconds, and a block is an object that is asked before the pipeline around it; so the call is made one of the
 * pipeline itself.
 */
final class SleepIsAStep extends CompilationCustomizer {

    SleepIsAStep() {
        super(CompilePhase.CONVERSION);
    }

    @Override
    public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
        new ClassCodeVisitorSupport() {
            @Override
            public void visitMethodCallExpression(MethodCallExpression call) {
                if (call.isImplicitThis() && "sleep".equals(call.getMethodAsString())) {
                    call.setObjectExpression(VariableExpression.THIS_EXPRESSION);
                    call.setImplicitThis(false);
                }
                super.visitMethodCallExpression(call);
            }

            @Override
            protected SourceUnit getSourceUnit() {
                return source;
            }
        }.visitClass(type);
    }
}
