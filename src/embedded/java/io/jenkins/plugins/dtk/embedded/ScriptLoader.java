package io.jenkins.plugins.dtk.embedded;

import groovy.lang.Binding;
import groovy.lang.GroovyCodeSource;
import groovy.lang.GroovyShell;
import groovy.lang.Script;
import groovy.transform.ThreadInterrupt;
import hudson.AbortException;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.customizers.ASTTransformationCustomizer;
import org.codehaus.groovy.control.customizers.ImportCustomizer;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;

/** Compiles a pipeline. Its loops are made to end when their thread is interrupted. */
final class ScriptLoader {

    private ScriptLoader() {}

    /**
     * Compiles.
     *
     * @throws AbortException when it is no Groovy: file, line, column and what is wrong, in one line
     */
    static Script load(RunSettings settings) throws AbortException {
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(PipelineScript.class.getName());
        configuration.addCompilationCustomizers(
                new SleepIsAStep(),
                new ASTTransformationCustomizer(ThreadInterrupt.class),
                new ImportCustomizer().addStarImports("com.cloudbees.groovy.cps", "hudson.model", "jenkins.model"));
        GroovyShell shell = new GroovyShell(ScriptLoader.class.getClassLoader(), new Binding(), configuration);
        try {
            return shell.parse(new GroovyCodeSource(settings.script(), settings.scriptName(), "/pipeline"));
        } catch (MultipleCompilationErrorsException e) {
            throw new AbortException(describe(settings.scriptName(), e));
        }
    }

    private static String describe(String scriptName, MultipleCompilationErrorsException failure) {
        if (failure.getErrorCollector().getError(0) instanceof SyntaxErrorMessage message) {
            SyntaxException error = message.getCause();
            String what =
                    error.getOriginalMessage().lines().findFirst().orElse("").strip();
            return scriptName + ':' + error.getStartLine() + ':' + error.getStartColumn() + ": " + what;
        }
        return scriptName + ": " + failure.getMessage().lines().findFirst().orElse("");
    }
}
