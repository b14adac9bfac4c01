package io.jenkins.plugins.dtk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.demo.DockerRegistry;
import io.jenkins.plugins.dtk.demo.GraphServer;
import io.jenkins.plugins.dtk.demo.OpenShiftWorld;
import io.jenkins.plugins.dtk.testing.Parts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunCommandTest {

    @TempDir
    private Path folder;

    private String pipeline(String text) throws Exception {
        return Files.writeString(folder.resolve("Jenkinsfile"), text).toString();
    }

    @Test
    void runsAPipelineWithParametersAndCredentials() throws Exception {
        String file = pipeline(
                """
                properties([parameters([string(name: 'WHO', defaultValue: 'no one')])])
                node {
                    echo "for ${params.WHO}"
                    withCredentials([string(credentialsId: 'key', variable: 'KEY')]) {
                        sh 'echo the key is $KEY and has ${#KEY} letters'
                    }
                }
                """);
        Path key = Files.writeString(folder.resolve("key"), "Pa55-of-the-reader\n");
        Dtk dtk = Dtk.run("run", file, "--param", "WHO=acme=inc", "--credential", "key=@" + key, "--executors", "1");
        assertThat(dtk.exit()).as(dtk.err()).isZero();
        assertThat(dtk.out()).contains("for acme=inc", "the key is **** and has 18 letters", "Finished: SUCCESS");
        assertThat(dtk.out() + dtk.err()).doesNotContain("Pa55");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    failed    | node { sh 'exit 3' }                          | FAILURE
                    unstable  | currentBuild.result = 'UNSTABLE'              | UNSTABLE
                    malformed | node {                                        | FAILURE
                    unknown   | dtkMatrices()                                 | FAILURE
                    """)
    void anyOtherEndIsExitCodeOneAndOneLine(String name, String text, String result) throws Exception {
        Dtk dtk = Dtk.run("run", pipeline(text));
        assertThat(dtk.exit()).isEqualTo(1);
        assertThat(dtk.out()).contains("Finished: " + result).doesNotContain("\tat ");
        assertThat(dtk.err())
                .isEqualTo("dtk: " + folder.resolve("Jenkinsfile") + " ended as " + result + ": its log says why\n");
    }

    @Test
    void stepsFindTheSourcesThatTheOptionsName() throws Exception {
        Parts.need("docker-registry");
        try (DockerRegistry registry = DockerRegistry.with()
                        .login("reader", "Pa55-of-the-reader")
                        .start();
                GraphServer graph =
                        GraphServer.start(OpenShiftWorld.of("4.14.7", "4.14.8").publish(registry))) {
            String auth =
                    Base64.getEncoder().encodeToString("reader:Pa55-of-the-reader".getBytes(StandardCharsets.UTF_8));
            Path secret = Files.writeString(
                    folder.resolve("pull-secret.json"), "{\"auths\":{\"quay.io\":{\"auth\":\"" + auth + "\"}}}");
            Dtk dtk = Dtk.run(
                    "run",
                    pipeline(
                            """
                            def matrix = dtkMatrix(releases: '4.14', pullSecretId: 'openshift-pull-secret',
                                baseImage: 'quay.io/openshift-release-dev/ocp-release:4.14.7-multi')
                            echo "kernel ${matrix.versions[0].kernel} of ${matrix.versions[0].releases}"
                            """),
                    "--graph-url",
                    graph.url(),
                    "--location",
                    "quay.io=" + registry.address(),
                    "--plain-http",
                    registry.address(),
                    "--pull-secret",
                    secret.toString());
            assertThat(dtk.exit()).as(dtk.out() + dtk.err()).isZero();
            assertThat(dtk.out()).contains("kernel 5.14.0-284.45.1.el9_2 of [4.14.7, 4.14.8]");
        }
    }
}
