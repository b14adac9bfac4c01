package io.jenkins.plugins.dtk.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.embedded.Pipelines.Ran;
import io.jenkins.plugins.dtk.embedded.RunOutcome.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ending a pipeline early ends its real processes, lets their traps and the pipeline clean up, and leaves nothing. */
@Timeout(900)
class InterruptionTest {

    /** Starts a child and a grandchild, and waits; a trap says that it ran. The pid of each is in a file. */
    private static final String LONG_SCRIPT =
            """
            sh '''#!/bin/sh
            trap 'echo trap > "$MARKS/trap"; exit 1' TERM
            echo $$ > "$MARKS/shell"
            (sleep 1000 & echo $! > "$MARKS/grandchild.new"; mv "$MARKS/grandchild.new" "$MARKS/grandchild"; wait) &
            wait
            '''
            """;

    @TempDir
    Path marks;

    @Test
    void aTimeoutEndsTheScriptWithAllThatItStarted() throws Exception {
        Ran ran = run(
                """
                for (int time = 400; !new File("$MARKS_FOLDER/grandchild").exists(); time *= 2) {
                    try {
                        timeout(time: time, unit: 'MILLISECONDS') { node { %s } }
                    } catch (e) {
                        echo "ended: ${e.message}"
                    }
                }
                node { sh 'echo and it goes on' }
                """);
        assertThat(ran.result()).isEqualTo(Result.SUCCESS);
        assertThat(ran.lines())
                .containsSubsequence(
                        "Cancelling nested steps due to timeout",
                        "Sending interrupt signal to process",
                        "ended: Timeout has been exceeded",
                        "and it goes on");
        assertEverythingEnded();
    }

    @Test
    void aTimeoutThatNoOneCatchesAbortsTheRun() {
        Ran ran = Pipelines.run("timeout(time: 10, unit: 'MILLISECONDS') { sleep 1000 }");
        assertThat(ran.result()).isEqualTo(Result.ABORTED);
        assertThat(ran.lines()).contains("Timeout has been exceeded", "Finished: ABORTED");
    }

    @Test
    void aTimeoutEndsALoopThatCallsNoStep() {
        Ran ran = Pipelines.run("timeout(time: 50, unit: 'MILLISECONDS') { while (true) { } }");
        assertThat(ran.result()).isEqualTo(Result.ABORTED);
        assertThat(ran.lines()).contains("Timeout has been exceeded");
    }

    @Test
    void aTimeoutThatComesTooLateEndsNothing() {
        Ran ran = Pipelines.run(
                """
                long limit = 500
                boolean inTime = false
                while (!inTime) {
                    try {
                        timeout(time: limit, unit: 'MILLISECONDS') { }
                        inTime = true
                    } catch (e) {
                        limit *= 2 // this machine is busy: the empty block itself took longer
                    }
                }
                sleep(time: limit + 200, unit: 'MILLISECONDS')
                """);
        assertThat(ran.result()).isEqualTo(Result.SUCCESS);
    }

    @Test
    void withFailFastOneFailureEndsTheOtherBranches() throws Exception {
        Ran ran = run(
                """
                parallel(
                    failFast: true,
                    slow: { node { %s } },
                    bad: { node { sh 'while ! test -e "$MARKS/grandchild"; do sleep 0.05; done'; error 'bad' } })
                """);
        assertThat(ran.result()).isEqualTo(Result.FAILURE);
        assertThat(ran.lines())
                .contains("Failed in branch bad", "[slow] Sending interrupt signal to process", "ERROR: bad");
        assertEverythingEnded();
    }

    @Test
    void interruptingTheCallerEndsAllBranchesAndTheyCleanUp() throws Exception {
        CompletableFuture<Ran> future = new CompletableFuture<>();
        Thread caller = new Thread(
                () -> future.complete(
                        run(
                                """
                parallel(
                    one: { node { try { %s } finally { sh 'echo cleaned > "$MARKS/cleaned"' } } },
                    two: { node { sleep 1000 } },
                    three: { node { echo 'never' } })
                """)));
        caller.start();
        await("grandchild");
        caller.interrupt();
        Ran ran = future.get();
        assertThat(ran.result()).isEqualTo(Result.ABORTED);
        assertThat(ran.lines()).contains("Interrupted", "Finished: ABORTED");
        assertThat(marks.resolve("cleaned")).exists();
        assertEverythingEnded();
    }

    @Test
    void catchErrorDoesNotKeepAnInterruptedRunAlive() throws Exception {
        CompletableFuture<Ran> future = new CompletableFuture<>();
        Thread caller =
                new Thread(() -> future.complete(run("catchError { node { %s } } \n echo 'went on'; sleep 1000")));
        caller.start();
        await("grandchild");
        caller.interrupt();
        assertThat(future.get().lines()).contains("Finished: ABORTED").doesNotContain("went on");
    }

    @Test
    void aScriptEndsWithItsShellThoughAProcessInTheBackgroundStillHoldsItsOutput() throws Exception {
        Ran ran = run("node { sh 'sleep 1000 & echo $! > \"$MARKS/grandchild\"; echo all said; sleep 0.3' }");
        assertThat(ran.result()).isEqualTo(Result.SUCCESS);
        assertThat(ran.lines()).contains("all said");
        assertThat(isRunning("grandchild")).isFalse();
    }

    @Test
    void whatABlockOfNodeLeavesRunningEndsWithIt() throws Exception {
        Ran ran = run("node { sh 'sleep 1000 > /dev/null 2>&1 & echo $! > \"$MARKS/grandchild\"' }");
        assertThat(ran.result()).isEqualTo(Result.SUCCESS);
        assertThat(isRunning("grandchild")).isFalse();
    }

    @Test
    void aSignalToTheProcessEndsItsScriptsAndRemovesSecretFiles(@TempDir Path folder) throws Exception {
        Path script = Files.writeString(
                folder.resolve("Jenkinsfile"),
                "node { withCredentials([file(credentialsId: 'token', variable: 'F')]) { sh 'echo $F > $MARKS/secret'\n"
                        + LONG_SCRIPT + "} }");
        Path log = folder.resolve("log");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                RunInAProcess.class.getName(),
                script.toString(),
                folder.resolve("home").toString());
        builder.environment().put("MARKS", marks.toString());
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        await("grandchild");
        process.destroy();
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(Files.readString(log)).contains("A signal ended the process", "Finished: ABORTED");
        assertThat(Path.of(Files.readString(marks.resolve("secret")).strip())).doesNotExist();
        assertEverythingEnded();
    }

    private Ran run(String script) {
        return Pipelines.run(
                script.replace("%s", LONG_SCRIPT).replace("$MARKS_FOLDER", marks.toString()),
                engine -> engine.environment(Map.of("MARKS", marks.toString())));
    }

    private void assertEverythingEnded() throws IOException {
        assertThat(marks.resolve("trap")).exists();
        assertThat(isRunning("shell")).isFalse();
        assertThat(isRunning("grandchild")).isFalse();
    }

    /** A process that has ended and that no one has asked about yet counts as ended. */
    private boolean isRunning(String mark) throws IOException {
        Path status = Path.of("/proc", Files.readString(marks.resolve(mark)).strip(), "status");
        try {
            return !Files.readString(status).contains("State:\tZ");
        } catch (IOException e) {
            return false; // It may end while its file is read.
        }
    }

    private void await(String mark) throws InterruptedException {
        while (!Files.exists(marks.resolve(mark))) {
            Thread.sleep(20);
        }
    }
}
