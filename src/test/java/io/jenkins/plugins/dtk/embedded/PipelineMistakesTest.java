package io.jenkins.plugins.dtk.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.embedded.Pipelines.Ran;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mistake of the user fails the run with one line that says what to do, and no stack trace. */
class PipelineMistakesTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            textBlock =
                    """
            junit '*.xml' ~ there is no step 'junit' outside of Jenkins; it needs Jenkins and the plugin that has it
            ehco 'hello' ~ there is no step 'ehco' outside of Jenkins (did you mean 'echo'?); it needs Jenkins and the plugin that has it
            pipeline { agent any } ~ pipeline { } is declarative and needs Jenkins; this engine runs scripted pipelines (node { stage('...') { ... } })
            echo(mesage: 'x') ~ echo: unknown parameter 'mesage' (did you mean 'message'?); echo takes message
            retry(count: 2, zebra: 1) { } ~ retry: unknown parameter 'zebra'; retry takes count, conditions
            isUnix(zebra: 1) ~ Required context class hudson.FilePath is missing
            echo 5 ~ echo: 'message' takes text, not '5' (Integer)
            sleep 'long' ~ sleep: 'time' takes a number, not 'long' (String)
            stage('s') { sleep 'long' } ~ sleep: 'time' takes a number, not 'long' (String)
            sleep(time: 1, unit: 'WEEKS') ~ sleep: 'unit' takes one of NANOSECONDS, MICROSECONDS, MILLISECONDS, SECONDS, MINUTES, HOURS, DAYS, not 'WEEKS' (String)
            withEnv('A=b') { } ~ withEnv: 'overrides' takes a list, not 'A=b' (String)
            withEnv(['A']) { } ~ withEnv: 'A' is not of the form NAME=value
            echo 'a', 'b' ~ echo takes its arguments by name, or one alone without a name; it got [a, b]
            stage('Build') ~ stage needs a block: stage { ... }
            echo('x') { } ~ echo takes no block
            parallel a: 3 ~ parallel: the branch 'a' takes a block, not '3'
            catchError(buildResult: 'BAD') { } ~ catchError: 'buildResult' is 'BAD'; use SUCCESS, UNSTABLE, FAILURE, NOT_BUILT or ABORTED
            node('s390x') { } ~ node: no agent fits the label 's390x'; the agent of this machine has local, podman, x86_64
            node { node { node { } } } ~ node: the blocks of node around this one hold all 2 executors, so it would wait for ever; allow more executors, or put it beside them
            node { readFile 'no/such' } ~ readFile: there is no file
            node { writeFile file: 'x' } ~ writeFile: 'text' is missing
            node { writeFile file: 'x', text: 'y', encoding: 'EBCDIC-0' } ~ writeFile: 'encoding' is 'EBCDIC-0', which is unknown
            node { sh script: 'true', returnStdout: true, returnStatus: true } ~ you may not use both returnStdout and returnStatus
            node { sh 'exit 7' } ~ script returned exit code 7
            node { checkout([$class: 'GitSCM']) } ~ checkout: unknown parameter '$class'; checkout takes scm
            node { checkout('x') } ~ checkout: only 'checkout scm' is possible without Jenkins
            withCredentials([string(credentialsId: 'no', variable: 'X')]) { } ~ withCredentials: there is no credential with the ID 'no'; give the run one (ID=VALUE or ID=@FILE)
            withCredentials([string(credentialsId: 'no')]) { } ~ string: 'variable' is missing
            error 'not today' ~ not today
            foo.bar() ~ Jenkinsfile:1: there is no variable or property 'foo'
            'x'.foo(1) ~ Jenkinsfile:1: there is no method foo for these arguments of String
            stage('s') { 'x'.foo(1) } ~ Jenkinsfile:1: there is no method foo for these arguments of String
            def f(String s) { } ; f(1) ~ Jenkinsfile:1: there is no method f for these arguments of Jenkinsfile
            def x = ( ~ Jenkinsfile:1:
            currentBuild.result = 'GOOD' ~ currentBuild.result: there is no result 'GOOD'; use SUCCESS, UNSTABLE, FAILURE, NOT_BUILT or ABORTED
            def why; Thread.start { try { echo 'x' } catch (e) { why = e.message } }.join(); error why ~ a step was called from a thread that the pipeline started itself; use parallel
            """)
    void isToldInOneLine(String script, String message) {
        Ran ran = Pipelines.run(script);
        assertThat(ran.result()).isEqualTo(RunOutcome.Result.FAILURE);
        assertThat(ran.lines()).anyMatch(line -> line.startsWith("ERROR: " + message));
        assertThat(ran.lines()).noneMatch(line -> line.startsWith("\tat "));
        assertThat(ran.log()).endsWith("Finished: FAILURE\n");
    }

    @Test
    void aStepThatNeedsAnAgentNamesTheStepThatGivesOne() {
        assertThat(Pipelines.run("sh 'true'").lines())
                .containsExactly(
                        "ERROR: Required context class hudson.FilePath is missing",
                        "Perhaps you forgot to surround the sh step with a step that provides this, such as: node",
                        "Finished: FAILURE");
    }

    @Test
    void aBugInTheScriptShowsWhereItIs() {
        Ran ran = Pipelines.run("echo 'a'\nthrow new IllegalStateException('broken')");
        assertThat(ran.result()).isEqualTo(RunOutcome.Result.FAILURE);
        assertThat(ran.lines()).contains("java.lang.IllegalStateException: broken");
        assertThat(ran.lines()).anyMatch(line -> line.startsWith("\tat ") && line.contains("(Jenkinsfile:2)"));
    }

    @Test
    void aMissingMethodInABlockDoesNotRunTheBlockAgain() {
        Ran ran = Pipelines.run("stage('s') { stage('t') { echo 'once'; 'x'.foo() } }");
        assertThat(ran.lines()).containsOnlyOnce("once");
    }
}
