package io.jenkins.plugins.dtk.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.embedded.Pipelines.Ran;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No credential that a run was given is in its log, whichever way it was printed. */
class SecretMaskingTest {

    private static final String SECRET = "p@ss w0rd/+it's";

    @ParameterizedTest(name = "printed by: {0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            textBlock =
                    """
            echo "value is $S"                            ~ value is ****
            printf '%s' "$S"; echo                        ~ ****
            printf 'p@ss w0'; sleep 0.1; echo "rd/+it's"  ~ ****
            printf '%s' "$S" | base64                     ~ ****
            printf '%s' "$S" | base64 | tr '/+' '_-' | tr -d =  ~ ****
            echo 'https://me:p%40ss%20w0rd%2F%2Bit%27s@host/' ~ https://me:****@host/
            echo 'password=p%40ss+w0rd%2F%2Bit%27s'       ~ password=****
            bash -xc ': "$S"'                             ~ + : '****'
            echo "$S" >&2                                 ~ ****
            """)
    void aSecretIsHidden(String command, String shown) {
        Ran ran = Pipelines.run(
                """
                node { withCredentials([string(credentialsId: 'id', variable: 'S')]) { sh '#!/bin/sh\\neval "$COMMAND"' } }
                """,
                engine -> engine.credential("id", SECRET).environment(Map.of("COMMAND", command)));
        assertThat(ran.log()).doesNotContain("w0rd", "w0%72d", "cEBzcyB3MHJk");
        assertThat(ran.lines()).contains(shown);
    }

    @Test
    void aSecretOfSeveralLinesIsHiddenLineByLine() {
        Ran ran = Pipelines.run(
                "node { withCredentials([string(credentialsId: 'id', variable: 'S')]) { sh '#!/bin/sh\\necho \"$S\"' } }",
                engine -> engine.credential("id", "-----BEGIN KEY-----\nMIIEvgIBADAN\n-----END KEY-----\n"));
        assertThat(ran.lines()).containsSubsequence("****", "****", "****");
        assertThat(ran.log()).doesNotContain("MIIEvgIBADAN");
    }

    @Test
    void ofAPullSecretTheLoginsAreHiddenAndTheRegistriesAreNot(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("config.json"),
                """
                {
                  "auths": {
                    "quay.io": {"auth": "cm9ib3Q6dG9wc2VjcmV0", "email": "robot@example.com"}
                  }
                }
                """);
        Ran ran = Pipelines.run(
                """
                node { withCredentials([file(credentialsId: 'id', variable: 'F')]) {
                    sh '#!/bin/sh\\ncat $F; echo login robot topsecret at quay.io'
                } }
                """,
                engine -> engine.credential("id", "@" + file));
        assertThat(ran.lines())
                .contains(
                        "    \"quay.io\": {\"auth\": \"****\", \"email\": \"robot@example.com\"}",
                        "login robot **** at quay.io");
    }

    @Test
    void aSecretIsHiddenInBranchesInErrorsAndFromTheStart() {
        Ran ran = Pipelines.run(
                """
                parallel a: { echo 'it is topsecret' }
                currentBuild.description = 'topsecret'
                try { error 'topsecret' } catch (e) { throw new IllegalStateException("topsecret was wrong", e) }
                """,
                engine -> engine.credential("id", "topsecret"));
        assertThat(ran.lines()).contains("[a] it is ****", "java.lang.IllegalStateException: **** was wrong");
        assertThat(ran.log()).doesNotContain("topsecret");
    }

    @Test
    void aParameterThatIsAPasswordIsHidden() {
        Ran ran = Pipelines.run(
                """
                properties([parameters([password(name: 'PW', defaultValue: 'preset-pw')])])
                echo "the password is ${params.PW}"
                """,
                engine -> engine.parameter("PW", "given-pw"));
        assertThat(ran.lines()).contains("the password is ****");
    }

    @Test
    void ofALineThatIsTooLongNoPartOfASecretIsShown() throws IOException {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        BuildLog log = new BuildLog(new PrintStream(shown, true, StandardCharsets.UTF_8));
        log.hide(List.of("topsecret"));
        try (OutputStream out = log.branch("b")) {
            byte[] line = new byte[LineStream.LONGEST_LINE - 4];
            Arrays.fill(line, (byte) 'x');
            out.write(line);
            out.write("topsecret and more\nnext\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(shown.toString(StandardCharsets.UTF_8))
                .startsWith("[b] xxxx")
                .contains("xxx ... (line too long)\n[b] next\n")
                .doesNotContain("tops");
    }
}
