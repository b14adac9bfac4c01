package io.jenkins.plugins.dtk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.testing.Commands;
import io.jenkins.plugins.dtk.testing.FakeImage;
import io.jenkins.plugins.dtk.testing.FakeRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The command line behaves as a shell's user expects")
class CommandHabitsTest {

    @TempDir
    private Path folder;

    @AutoClose
    private final FakeRegistry registry = new FakeRegistry();

    private String image;

    @BeforeEach
    void push() {
        ImageReference there =
                registry.push("acme/dtk", "5.14.0-427.61.1.el9_4", new FakeImage().on(Architecture.X86_64));
        image = there.toString();
    }

    private Path config(String text) throws IOException {
        return Files.writeString(folder.resolve("dtk.conf"), text);
    }

    @Test
    @DisplayName("options that every call repeats are read from a file, which DTK_CONFIG may name")
    void file() throws IOException {
        Path config = config("# the lab\nplain-http = 127.0.0.1:1\n\nplain-http = " + registry.address() + "\n");

        assertThat(Dtk.run("exists", image).exit()).as("without").isEqualTo(3);
        assertThat(Dtk.run("exists", "--config", config.toString(), image).exit())
                .isZero();
        assertThat(Dtk.run("--config=" + config, "exists", image).exit()).isZero();
        assertThat(Dtk.run(Map.of("DTK_CONFIG", config.toString()), "exists", image)
                        .exit())
                .isZero();
    }

    @Test
    @DisplayName("the environment wins over the file, the command line over both")
    void precedence() throws IOException {
        Path config = config("registry-auth = " + folder.resolve("of-the-file.json"));
        Map<String, String> variable = Map.of("DTK_OPTION_REGISTRY_AUTH", folder.resolve("of-the-variable.json") + "");

        Dtk file = Dtk.run("exists", "--config=" + config, image);
        assertThat(file.exit()).isEqualTo(2);
        assertThat(file.err()).contains("of-the-file.json'", "(the value is from '" + config + "', line 1)");
        Dtk both = Dtk.run(variable, "exists", "--config=" + config, image);
        assertThat(both.err()).contains("of-the-variable.json'", "(the value is from DTK_OPTION_REGISTRY_AUTH)");
        Dtk all = Dtk.run(variable, "exists", "--config=" + config, "--registry-auth=typed.json", image);
        assertThat(all.err()).contains("'typed.json'").doesNotContain("the value is from");
    }

    @Test
    @DisplayName("a command takes of the file what it has an option for, and leaves the rest")
    void leavesTheRest() throws IOException {
        Path config = config("graph-url = https://example.com/graph\nplain-http = " + registry.address() + "\n");
        assertThat(Dtk.run("exists", "--config", config.toString(), image).exit())
                .isZero();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    an option that it may not hold | image = quay.io/a/b      | line 1: 'image' is none of the options that may stand there: ca, cache
                    no value                       | ca =                     | line 1: not NAME = VALUE: 'ca ='
                    no equals sign                 | ca /etc/ca.pem           | line 1: not NAME = VALUE
                    one value twice                | ca = a.pem;ca = b.pem    | line 2: 'ca' is given twice
                    """)
    @DisplayName("a file that is wrong is one line, with the number of its line")
    void wrongFile(String name, String text, String message) throws IOException {
        Dtk dtk = Dtk.run("exists", "--config=" + config(text.replace(';', '\n')), image);
        assertThat(dtk.exit()).isEqualTo(2);
        assertThat(dtk.err()).startsWith("dtk: '" + folder).contains(message);
        assertThat(dtk.err().lines()).hasSize(1);
    }

    @Test
    @DisplayName("an unknown variable with the prefix of options is refused, because it is a typing mistake")
    void wrongVariable() {
        Dtk dtk = Dtk.run(Map.of("DTK_OPTION_PULLSECRET", "x.json"), "exists", image);
        assertThat(dtk.exit()).isEqualTo(2);
        assertThat(dtk.err()).startsWith("dtk: DTK_OPTION_PULLSECRET: 'pullsecret' is none of the options");
    }

    @Test
    @DisplayName("a file that is not there is named")
    void noFile() {
        Dtk dtk = Dtk.run("exists", "--config", "/nowhere/dtk.conf", image);
        assertThat(dtk.exit()).isEqualTo(2);
        assertThat(dtk.err()).isEqualTo("dtk: --config: there is no file '/nowhere/dtk.conf'\n");
    }

    @Test
    @DisplayName("--verbose shows each request without what it sends along; --quiet shows no progress")
    void verbosity() {
        Dtk verbose = Dtk.run("exists", "--verbose", "--plain-http", registry.address(), image);
        assertThat(verbose.exit()).isZero();
        assertThat(verbose.err())
                .containsPattern("dtk: (GET|HEAD) http://" + registry.address()
                        + "/v2/acme/dtk/manifests/5\\.14\\.0-427\\.61\\.1\\.el9_4: 200 after \\d+ ms\n");
        Dtk quiet = Dtk.run("exists", "-q", "--plain-http", registry.address(), image);
        assertThat(quiet.exit()).isZero();
        assertThat(quiet.err()).isEmpty();
    }

    @Test
    @DisplayName("the script of dtk completion completes commands and options in bash")
    void completion() throws Exception {
        Path script = Files.writeString(
                folder.resolve("completion"), Dtk.run("completion").out());
        String ask = ". " + script + "; COMP_WORDS=(dtk %s); COMP_CWORD=%d; _complete_dtk; echo \"${COMPREPLY[*]}\"";
        assertThat(Commands.run("bash", "-c", String.format(ask, "mat", 1))).contains("matrix");
        assertThat(Commands.run("bash", "-c", String.format(ask, "matrix --rel", 2)))
                .contains("--releases", "--release-repository");
    }

    @Test
    @DisplayName("docs/cli.md has every command with its options, as --help has them")
    void reference() throws IOException {
        Path page = Path.of("docs/cli.md");
        String now = CommandReference.page();
        if (Boolean.getBoolean("dtk.write")) {
            Files.writeString(page, now);
        }
        assertThat(Files.readString(page))
                .as("write it anew with ./mvnw test -Dtest=CommandHabitsTest -Ddtk.write=true")
                .isEqualTo(now);
    }

    @Test
    @DisplayName("each option that a file may hold is one of a command")
    void everyDefaultIsAnOption() {
        assertThat(CommandReference.options()).containsAll(new TreeSet<>(Defaults.OPTIONS));
    }
}
