package io.jenkins.plugins.dtk.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dtk.embedded.Pipelines.Ran;
import io.jenkins.plugins.dtk.embedded.RunOutcome.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A credential is one text, and serves as whatever the pipeline asks for that it can be. */
class CredentialsTest {

    @TempDir
    Path folder;

    /** Shows what the pipeline got, in capitals, since the values themselves are hidden. */
    @ParameterizedTest(name = "{0} as {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            plainvalue    | string(credentialsId: 'id', variable: 'V')                | PLAINVALUE
            plainvalue    | file(credentialsId: 'id', variable: 'V')                  | PLAINVALUE in id
            me:pass:word  | string(credentialsId: 'id', variable: 'V')                | ME:PASS:WORD
            me:pass:word  | usernameColonPassword(credentialsId: 'id', variable: 'V') | ME:PASS:WORD
            me:pass:word  | usernamePassword(credentialsId: 'id', usernameVariable: 'U', passwordVariable: 'V') | PASS:WORD of ME
            @token.txt    | string(credentialsId: 'id', variable: 'V')                | FROMFILE
            @token.txt    | file(credentialsId: 'id', variable: 'V')                  | FROMFILE in token.txt
            @login.txt    | usernamePassword(credentialsId: 'id', usernameVariable: 'U', passwordVariable: 'V') | SECRETPW of ROBOT
            """)
    void servesAs(String value, String binding, String shown) throws IOException {
        Files.writeString(folder.resolve("token.txt"), "fromfile\n");
        Files.writeString(folder.resolve("login.txt"), "robot:secretpw\n");
        String given = value.startsWith("@") ? "@" + folder.resolve(value.substring(1)) : value;
        Ran ran = Pipelines.run(
                """
                node { withCredentials([%s]) { sh '''#!/bin/sh
                    if test -f "$V"; then in=" in $(basename "$V")"; V=$(cat "$V"); fi
                    printf '%%s' "$V${U:+ of $U}" | tr a-z A-Z | sed "s/ OF / of /; s/$/$in/"
                ''' } }
                """
                        .formatted(binding),
                engine -> engine.credential("id", given));
        assertThat(ran.result()).isEqualTo(Result.SUCCESS);
        assertThat(ran.lines()).contains(shown);
    }

    @ParameterizedTest(name = "{0} as user and password")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"nocolon", ":nouser", "nopassword:", "two words:x", "{\"auths\": {}}"})
    void whatHasNotThatFormIsNoUserAndPassword(String value) {
        Ran ran = Pipelines.run(
                "withCredentials([usernamePassword(credentialsId: 'id', usernameVariable: 'U', passwordVariable: 'P')]) { }",
                engine -> engine.credential("id", value));
        assertThat(ran.lines())
                .contains(
                        "ERROR: withCredentials: the credential 'id' is not a user name with password, USER:PASSWORD");
    }

    @Test
    void aSecretFileIsForItsOwnerAloneAndIsRemovedAfterItsBlock() {
        Ran ran = Pipelines.run(
                """
                def path
                node {
                    try {
                        withCredentials([file(credentialsId: 'id', variable: 'F')]) {
                            path = env.F
                            sh 'stat -c "file %a" "$F"; stat -c "folder %a" "$(dirname "$(dirname "$F")")"'
                            error 'the block fails'
                        }
                    } catch (e) {
                        echo "${e.message}, and the file is there: ${fileExists(path)}"
                    }
                }
                """,
                engine -> engine.credential("id", "content"));
        assertThat(ran.lines()).contains("file 400", "folder 700", "the block fails, and the file is there: false");
    }

    @Test
    void aSecretFileNeedsAnAgent() {
        Ran ran = Pipelines.run(
                "withCredentials([file(credentialsId: 'id', variable: 'F')]) { }",
                engine -> engine.credential("id", "content"));
        assertThat(ran.lines()).contains("ERROR: Required context class hudson.FilePath is missing");
    }

    @Test
    void theLogSaysWhatIsMaskedAndTheVariablesEndWithTheBlock() {
        Ran ran = Pipelines.run(
                """
                withCredentials([string(credentialsId: 'a', variable: 'A'), string(credentialsId: 'b', variable: 'B')]) {
                    echo "inside: ${env.A != null}"
                }
                echo "outside: ${env.A != null}"
                """,
                engine -> engine.credential("a", "first secret").credential("b", "second secret"));
        assertThat(ran.lines())
                .contains("Masking supported pattern matches of $A or $B", "inside: true", "outside: false");
    }

    @Test
    void aFileThatIsNotThereIsToldAtOnce() {
        EmbeddedEngine engine = EmbeddedEngine.ofText("", folder);
        assertThatThrownBy(() -> engine.credential("id", "@" + folder + "/none"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("credential 'id': there is no file " + folder + "/none");
    }
}
