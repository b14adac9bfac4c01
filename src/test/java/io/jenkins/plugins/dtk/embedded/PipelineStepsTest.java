package io.jenkins.plugins.dtk.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.embedded.Pipelines.Ran;
import io.jenkins.plugins.dtk.embedded.RunOutcome.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an ordinary scripted pipeline gets from the steps of the engine. */
class PipelineStepsTest {

    @TempDir
    Path folder;

    @Test
    void aShellScriptShowsItsCommandsAndOutputAndKnowsItsPlace() {
        Ran ran = Pipelines.run(
                """
                stage('Build') {
                    node('podman && x86_64') {
                        sh 'echo "$STAGE_NAME on $NODE_NAME, run $BUILD_NUMBER of $JOB_NAME, $EXECUTOR_NUMBER"'
                        sh 'test "$PWD" = "$WORKSPACE"'
                    }
                }
                """,
                engine -> engine.jobName("nightly"));
        assertThat(ran.result()).isEqualTo(Result.SUCCESS);
        assertThat(ran.lines())
                .contains("[Pipeline] { (Build)", "Build on local, run 1 of nightly, 0", "Finished: SUCCESS")
                .anyMatch(line -> line.startsWith("Running on local in /") && line.endsWith("/workspace/nightly"))
                .anyMatch(line -> line.startsWith("+ echo "));
    }

    @Test
    void aShellScriptReturnsItsOutputOrItsExitCode() {
        Ran ran = Pipelines.run(
                """
                node {
                    def text = sh(script: 'echo "two  words"; echo aside >&2', returnStdout: true)
                    def code = sh(script: 'exit 3', returnStatus: true)
                    echo "[${text}] ${code}"
                    echo sh(script: "printf '\\\\344'", returnStdout: true, encoding: 'ISO-8859-1')
                    sh(script: "printf '\\\\366\\\\n'", encoding: 'ISO-8859-1', label: 'in another encoding')
                }
                """);
        assertThat(ran.log())
                .contains("[two  words\n] 3\n")
                .contains("\nä\n")
                .contains("\nö\n")
                .contains("aside\n");
    }

    @Test
    void aScriptMayNameItsOwnInterpreterAndBeginsFreshWithoutATrace() {
        Ran ran = Pipelines.run("node { sh '''#!/bin/bash\necho \"${BASH_VERSION:0:1}\" | tr 0-9 n''' }");
        assertThat(ran.lines()).contains("n").noneMatch(line -> line.startsWith("+"));
    }

    @Test
    void variablesComeFromEnvWithEnvAndTheAgent() {
        Ran ran = Pipelines.run(
                """
                env.FOR_ALL = 'all'
                withEnv(["INNER=inner ${1 + 1}", 'PATH+TOOL=/tool/bin', 'FOR_ALL=changed']) {
                    node {
                        sh 'echo "$FOR_ALL, $INNER, $OF_AGENT, ${PATH%%:*}"'
                        echo "${env.INNER} and $INNER and ${env.NOT_SET}"
                    }
                }
                echo env.FOR_ALL
                """,
                engine -> engine.environment(Map.of("OF_AGENT", "agent")));
        assertThat(ran.lines()).contains("changed, inner 2, agent, /tool/bin", "inner 2 and inner 2 and null", "all");
    }

    @Test
    void filesAreWrittenReadAndFoundInTheCurrentFolder() {
        Ran ran = Pipelines.run(
                """
                node {
                    dir('a/b') {
                        writeFile file: 'text', text: 'grün'
                        echo "${fileExists('text')} ${fileExists('other')} ${readFile('text')}"
                        echo pwd() - env.WORKSPACE
                        echo "${pwd(tmp: true).endsWith('@tmp')} ${isUnix()}"
                    }
                    echo readFile(file: 'a/b/text', encoding: 'Base64')
                    dir('a') { deleteDir() }
                    echo "gone: ${!fileExists('a')}"
                }
                """);
        assertThat(ran.lines()).contains("true false grün", "/a/b", "true true", "Z3LDvG4=", "gone: true");
    }

    @Test
    void checkoutCopiesTheFolderOfThePipeline() throws IOException {
        Files.createDirectories(folder.resolve("sub"));
        Files.writeString(folder.resolve("sub/file"), "from the folder");
        Files.createSymbolicLink(folder.resolve("link"), Path.of("sub/file"));
        Ran ran = Pipelines.run("node { checkout scm; sh 'cat link; test -L link' }", engine -> engine.folder(folder));
        assertThat(ran.result()).isEqualTo(Result.SUCCESS);
        assertThat(ran.log()).contains("from the folder");
    }

    @Test
    void branchesRunBesideEachOtherEachWithItsNameAndWorkspace() {
        Ran ran = Pipelines.run(
                """
                def results = parallel(
                    one: { node { sh 'touch me; while ! test -e ../pipeline@2/me; do sleep 0.05; done'; 1 } },
                    two: { node { sh 'touch me; while ! test -e ../pipeline/me; do sleep 0.05; done'; 2 } })
                echo "$results"
                """);
        assertThat(ran.result()).isEqualTo(Result.SUCCESS);
        assertThat(ran.lines())
                .contains("[one] + touch me", "[two] + touch me", "[one:1, two:2]")
                .anyMatch(line -> line.matches("\\[(one|two)] Running on local in /.*/workspace/pipeline@2"));
    }

    @Test
    void moreBlocksThanExecutorsWaitForEachOther() {
        Ran ran = Pipelines.run(
                """
                def branches = [:]
                for (int i = 0; i < 6; i++) {
                    def n = i
                    branches["b$n"] = { node { sh "mkdir ../lock && rmdir ../lock" } }
                }
                parallel branches
                """,
                engine -> engine.executors(1));
        assertThat(ran.result()).isEqualTo(Result.SUCCESS);
        assertThat(ran.log()).contains("Waiting for next available executor on 'local'");
    }

    @Test
    void aFailedBranchLetsTheOthersFinishAndFailsTheRun() {
        Ran ran = Pipelines.run(
                "parallel good: { sleep(time: 50, unit: 'MILLISECONDS'); echo 'good is done' }, bad: { error 'bad' }");
        assertThat(ran.result()).isEqualTo(Result.FAILURE);
        assertThat(ran.lines()).contains("[good] good is done", "Failed in branch bad", "ERROR: bad");
    }

    @Test
    void sleepMeansTheStepInBlocksToo() {
        Ran ran = Pipelines.run("stage('s') { [0].each { sleep it; sleep(time: it, unit: 'MINUTES') } }; sleep 0");
        assertThat(ran.lines()).filteredOn("Sleeping for 0 ms"::equals).hasSize(3);
    }

    @Test
    void retryTriesAgainAndThenGivesUp() {
        Ran ran = Pipelines.run(
                """
                int tries = 0
                echo "value ${retry(3) { if (++tries < 3) { error "try $tries" }; tries }}"
                retry(2) { error 'never' }
                """);
        assertThat(ran.result()).isEqualTo(Result.FAILURE);
        assertThat(ran.lines())
                .containsSubsequence(
                        "ERROR: try 1",
                        "Retrying",
                        "ERROR: try 2",
                        "Retrying",
                        "value 3",
                        "ERROR: never",
                        "Retrying",
                        "ERROR: never",
                        "Finished: FAILURE");
    }

    @Test
    void errorsMayBeCaughtAndMakeTheRunUnstable() {
        Ran ran = Pipelines.run(
                """
                catchError(message: 'this part failed', buildResult: 'UNSTABLE') { error 'why' }
                catchError(buildResult: 'UNSTABLE') { assert 1 == 2 : 'numbers' }
                warnError('that part failed') { node { sh 'exit 4' } }
                unstable 'and this looks odd'
                try { error 'caught' } catch (e) { echo "it was ${e.message}" } finally { echo 'finally' }
                echo currentBuild.currentResult
                """);
        assertThat(ran.result()).isEqualTo(Result.UNSTABLE);
        assertThat(ran.lines())
                .contains(
                        "ERROR: this part failed",
                        "ERROR: why",
                        "Setting overall build result to UNSTABLE",
                        "java.lang.AssertionError: numbers. Expression: (1 == 2)",
                        "ERROR: that part failed",
                        "ERROR: script returned exit code 4",
                        "WARNING: and this looks odd",
                        "it was caught",
                        "finally",
                        "UNSTABLE");
    }

    @Test
    void theRunKnowsItself() {
        Ran ran = Pipelines.run(
                """
                echo "${currentBuild.number} ${currentBuild.displayName} ${currentBuild.currentResult} ${currentBuild.result}"
                currentBuild.displayName = 'first'
                currentBuild.description = 'of many'
                echo "${currentBuild.fullDisplayName}: ${currentBuild.description}"
                echo "${currentBuild.fullProjectName} took ${currentBuild.durationString}"
                currentBuild.result = 'UNSTABLE'
                echo "${currentBuild.resultIsWorseOrEqualTo('UNSTABLE')}"
                """);
        assertThat(ran.result()).isEqualTo(Result.UNSTABLE);
        assertThat(ran.lines())
                .contains("1 #1 SUCCESS null", "pipeline first: of many", "true")
                .anySatisfy(line -> assertThat(line).startsWith("pipeline took "));
    }

    @Test
    void thePipelineIsGroovyWithMethodsClosuresAndCollections() {
        Ran ran = Pipelines.run(
                """
                @NonCPS
                def twice(List<String> names) { names.collect { it * 2 } }
                def shout = { String s -> echo s.toUpperCase() }
                twice(['a', 'b']).each { shout(it) }
                greeting = 'hello'
                stage('Greet') { println "$greeting ${['x': [1, 2]].x.sum()}" }
                """);
        assertThat(ran.lines()).contains("AA", "BB", "hello 3");
    }

    @Test
    void propertiesForJenkinsAreAcceptedAndParametersGetTheirDefaults() {
        String script =
                """
                properties([disableConcurrentBuilds(), buildDiscarder(logRotator(numToKeepStr: '5')),
                    pipelineTriggers([cron('H H(1-4) * * *')]),
                    parameters([string(name: 'WHO', defaultValue: 'world'),
                        booleanParam(name: 'LOUD', defaultValue: false),
                        choice(name: 'HOW', choices: ['kindly', 'coldly'])])])
                echo "hello ${params.WHO} ${params.LOUD ? 'LOUD' : 'soft'} ${params.HOW} ${env.WHO} ${HOW}"
                """;
        assertThat(Pipelines.run(script).lines()).contains("hello world soft kindly world kindly");
        assertThat(Pipelines.run(script, engine -> engine.parameter("WHO", "you")
                                .parameter("LOUD", "true")
                                .parameter("HOW", "coldly"))
                        .lines())
                .contains("hello you LOUD coldly you coldly");
        assertThat(Pipelines.run(script, engine -> engine.parameter("WHOM", "you"))
                        .lines())
                .contains("ERROR: the pipeline has no parameter 'WHOM' (did you mean 'WHO'?); it has HOW, LOUD, WHO");
        assertThat(Pipelines.run(script, engine -> engine.parameter("HOW", "badly"))
                        .lines())
                .contains("ERROR: the parameter 'HOW' takes one of [kindly, coldly], not 'badly'");
        assertThat(Pipelines.run(script, engine -> engine.parameter("LOUD", "yes"))
                        .lines())
                .contains("ERROR: the parameter 'LOUD' takes true or false, not 'yes'");
    }

    @Test
    void aParameterForAPipelineThatDeclaresNoneIsRefusedBeforeItStarts() {
        Ran ran = Pipelines.run("echo 'started'", engine -> engine.parameter("WHO", "you"));
        assertThat(ran.result()).isEqualTo(Result.FAILURE);
        assertThat(ran.lines())
                .containsExactly(
                        "ERROR: Jenkinsfile declares no parameters, so there is nothing to give WHO to",
                        "Finished: FAILURE");
    }

    @Test
    void workspacesStayInAHomeOfOnesOwnAndGoWithATemporaryOne() throws IOException {
        Ran kept = Pipelines.run("node { writeFile file: 'f', text: 'x' }", engine -> engine.home(folder));
        assertThat(folder.resolve("workspace/pipeline/f")).exists();
        Ran gone = Pipelines.run("node { echo pwd() }");
        assertThat(kept.result()).isEqualTo(Result.SUCCESS);
        List<String> workspaces =
                gone.lines().stream().filter(line -> line.startsWith("/")).toList();
        assertThat(workspaces).hasSize(1);
        assertThat(Path.of(workspaces.get(0))).doesNotExist();
    }

    @Test
    void scriptsLeaveNothingBesideTheWorkspace() throws IOException {
        Pipelines.run("node { sh 'true' }", engine -> engine.home(folder));
        try (var files = Files.list(folder.resolve("workspace/pipeline@tmp"))) {
            assertThat(files).isEmpty();
        }
    }
}
