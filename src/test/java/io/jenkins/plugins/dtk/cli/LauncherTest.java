package io.jenkins.plugins.dtk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.testing.Commands;
import io.jenkins.plugins.dtk.testing.Parts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scripts around the program, in a clone of their own and with stand-ins for what they run. */
class LauncherTest {

    @TempDir
    private Path clone;

    private record Ended(int exit, String output) {}

    @Test
    void theScriptsAreClean() throws Exception {
        Parts.need("shellcheck");
        Commands.run("shellcheck", "dtk", "mvnw", ".ci/run", "bench/matrix", "bench/shell-loop");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    all is well    | 0 | [INFO] Tests run: 12, Failures: 0, Errors: 0, Skipped: 1     | Tests run: 12, Failures: 0, Errors: 0, Skipped: 1
                    a test fails   | 1 | [ERROR] Tests run: 12, Failures: 2, Errors: 0, Skipped: 0    | Tests run: 12, Failures: 2, Errors: 0, Skipped: 0
                    nothing is run | 1 | [ERROR] Tests run: 3, Failures: 3, Errors: 0, Skipped: 0, Time elapsed: 1 s -- in X | no test was run
                    """)
    void ciClosesWithTheTotals(String name, int exit, String totals, String lastLine) throws Exception {
        script("dtk", "echo '" + totals + "'; echo '[INFO] Finished'; exit " + exit);
        copy(".ci/run");
        Ended ended = run(clone.resolve(".ci/run").toString());
        assertThat(ended.output().lines().reduce((first, last) -> last)).contains(lastLine);
        assertThat(ended.exit()).isEqualTo(exit);
    }

    @Test
    void theWrapperFetchesTheMavenThatThePropertiesName() throws Exception {
        wrapper(
                """
                for argument; do
                    case $argument in
                    -DoutputDirectory=*) folder=${argument#*=} ;;
                    -Dartifact=*) artifact=${argument#*=} ;;
                    esac
                done
                [ "$artifact" = org.apache.maven:apache-maven:1.2.3:zip:bin ] || exit 1
                mkdir -p "$folder/apache-maven-1.2.3/bin"
                echo 'echo "Maven 1.2.3 runs $*"' >"$folder/apache-maven-1.2.3/bin/mvn"
                chmod +x "$folder/apache-maven-1.2.3/bin/mvn"
                """);
        assertThat(run("./mvnw", "verify", "-Dx=a b"))
                .isEqualTo(new Ended(0, "mvnw: fetching Maven 1.2.3\nMaven 1.2.3 runs verify -Dx=a b\n"));
        assertThat(run("./mvnw", "clean")).isEqualTo(new Ended(0, "Maven 1.2.3 runs clean\n"));
    }

    @Test
    void theWrapperGoesOnWithAnotherMavenWhenItCannotFetchThatOne() throws Exception {
        wrapper("case $* in *:unpack*) exit 1 ;; esac; echo \"another Maven runs $*\"");
        Ended ended = run("./mvnw", "-o", "verify");
        assertThat(ended.output())
                .contains("could not be fetched; going on with")
                .endsWith("another Maven runs -o verify\n");
        assertThat(ended.exit()).isZero();
        assertThat(clone.resolve("m2/wrapper/dists")).isEmptyDirectory();
    }

    private void wrapper(String maven) throws Exception {
        copy("mvnw");
        Files.createDirectories(clone.resolve(".mvn/wrapper"));
        Files.writeString(clone.resolve(".mvn/wrapper/maven-wrapper.properties"), "mavenVersion=1.2.3\n");
        script("bin/mvn", maven);
    }

    private void copy(String script) throws Exception {
        Files.createDirectories(clone.resolve(script).getParent());
        Files.copy(Path.of(script), clone.resolve(script));
        assertThat(clone.resolve(script).toFile().setExecutable(true)).isTrue();
    }

    private void script(String name, String text) throws Exception {
        Files.createDirectories(clone.resolve(name).getParent());
        Files.writeString(clone.resolve(name), "#!/bin/sh\n" + text + "\n");
        assertThat(clone.resolve(name).toFile().setExecutable(true)).isTrue();
    }

    private Ended run(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true);
        builder.directory(clone.toFile());
        builder.environment().put("PATH", clone.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment().put("MAVEN_USER_HOME", clone.resolve("m2").toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
