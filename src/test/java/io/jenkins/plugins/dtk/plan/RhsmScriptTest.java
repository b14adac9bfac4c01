package io.jenkins.plugins.dtk.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.testing.Parts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What dtk-rhsm.sh makes of what subscription-manager prints. The texts were recorded in runs of subscription-manager
 * 1.30.15 against Candlepin 4.4.25, with a proxy between them that answered in place of Candlepin, late, or not at all.
 * The script runs below a folder of its own; the client plays back what it is given.
 */
@DisplayName("A build that registers with RHSM")
class RhsmScriptTest {

    private static final String BUSY =
            "Remote server error. Please check the connection details, or see /var/log/rhsm/rhsm.log for more information.";
    private static final String LATE =
            "Network error, unable to connect to server. Please see /var/log/rhsm/rhsm.log for more information.";

    /** Plays back the next file of its command; a first line "done" or "failed" says how it ends. */
    private static final String CLIENT =
            """
            #!/bin/sh
            root=@ROOT@
            echo "$*" >>"$root/calls"
            [ "$1" != register ] || cp "$root"/etc/rhsm/facts/dtk.facts "$root/facts" 2>/dev/null
            [ "$1" != config ] || cat "$root/etc/rhsm/ca/dtk-server.pem" >"$root/ca" 2>/dev/null
            for answer in "$root"/answers/$1.*; do
                [ -f "$answer" ] || break
                mv "$answer" "$root/answer"
                sed 1,2d "$root/answer"
                case $(sed -n 1p "$root/answer") in
                *hangs*) while :; do sleep 30; done ;;
                *registered*) echo identity >"$root/etc/pki/consumer/cert.pem" ;;
                esac
                case $(sed -n 1p "$root/answer") in
                *entitled*) echo certificate >"$root/etc/pki/entitlement/1.pem" ;;
                esac
                exit "$(sed -n 2p "$root/answer")"
            done
            case $1 in
            register)
                echo identity >"$root/etc/pki/consumer/cert.pem"
                echo certificate >"$root/etc/pki/entitlement/1.pem"
                ;;
            refresh) echo certificate >"$root/etc/pki/entitlement/1.pem" ;;
            unregister) rm -f "$root/etc/pki/consumer/cert.pem" ;;
            esac
            """;

    @TempDir
    Path root;

    private int answers;

    @BeforeEach
    void newSystem() throws IOException {
        for (String folder : List.of(
                "etc/pki/consumer",
                "etc/pki/entitlement",
                "etc/rhsm/ca",
                "etc/yum.repos.d",
                "etc/pki/tls/certs",
                "run/secrets",
                "var/log/rhsm",
                "tmp",
                "bin",
                "answers",
                "dtk")) {
            Files.createDirectories(root.resolve(folder));
        }
        for (String script : List.of("dtk-rhsm.sh", "dtk-client.sh")) {
            String text = Files.readString(Path.of("resources", script))
                    .replaceAll("(?<=[ =\"'])/(etc|run|var|tmp)/", root + "/$1/");
            Files.writeString(root.resolve("dtk").resolve(script), text);
        }
        program("subscription-manager", CLIENT.replace("@ROOT@", root.toString()));
        program("sleep", "#!/bin/sh\\n[ \"$1\" != 30 ] || exec /bin/sleep 30\\n".replace("\\n", "\n"));
        Files.writeString(
                root.resolve("etc/rhsm/rhsm.conf"),
                "[server]\nhostname = rhsm.example\nprefix = /subscription\nport = 443\n");
        Files.writeString(root.resolve("etc/pki/tls/certs/ca-bundle.crt"), "the authorities of the base image\n");
        secret("RHSM_ORG", "my-organisation\n");
        secret("RHSM_ACTIVATIONKEY", "my secret/key\n");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"sh", "bash", "busybox sh"})
    void isRegisteredOnceAndLeavesNothing(String shell) throws Exception {
        Parts.need("bash", "busybox");
        assertThat(run(shell, "register", "dtk-5.14.0-1.el9_2.X86+64k-ab12")).contains("dtk: registered with RHSM as");
        assertThat(calls())
                .containsExactly(
                        "register --name=dtk-5.14.0-1.el9_2.X86-64k-ab12 --org=my-organisation --activationkey=my secret/key",
                        "release --unset",
                        "repo-override --remove-all");
        assertThat(Files.readString(root.resolve("facts")))
                .contains("\"network.hostname\": \"dtk-5.14.0-1.el9-2.x86-64k-ab12\"")
                .containsPattern("\"dmi.system.uuid\": \"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\"")
                .contains("\"virt.is_guest\": false");
        assertThat(run(shell, "unregister"))
                .isEqualTo("dtk: unregistered from RHSM: dtk-5.14.0-1.el9_2.X86-64k-ab12\n");
        assertThat(left()).containsExactly("etc/pki/tls/certs/ca-bundle.crt", "etc/rhsm/rhsm.conf");
        assertThat(Files.readString(root.resolve("etc/rhsm/rhsm.conf"))).doesNotContain("server_timeout");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            429                       | The server rate limit has been exceeded, please try again later. (Expires in 7 seconds)
            429 without a time        | The server rate limit has been exceeded, please try again later.
            503 from Candlepin        | We are down (HTTP error code 503: Service Unavailable)
            503 from an older client  | HTTP error (503 - Service Unavailable): We are down
            502 from a proxy          | Remote server error. Please check the connection details, or see /var/log/rhsm/rhsm.log for more information.
            an answer that is late    | Network error, unable to connect to server. Please see /var/log/rhsm/rhsm.log for more information.
            an answer that is lost    | Connection error: None (error code None)
            no one listens            | Connection error: Connection refused (error code 111)
            no such host, for now     | Network error: Name or service not known (error code -2)
            a proxy that is down      | Proxy error: unable to connect to 10.0.0.1:3128: Connection refused (error code 111)
            still at work on the last | } (HTTP error code 400: Bad Request) Problem creating unit class ConsumerDTO {
            """)
    void triesAgainWhereThatMayHelp(String name, String text) throws Exception {
        answer("register", "", 70, text);
        String output = run("sh", "register", "dtk-one");
        assertThat(output).contains("dtk: trying again in ").endsWith("dtk: registered with RHSM as dtk-one\n");
        assertThat(calls()).filteredOn(call -> call.startsWith("register ")).hasSize(2);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            a wrong key               | None of the activation keys specified exist for this org. (HTTP error code 401: Unauthorized)        | check RHSM_ORG and RHSM_ACTIVATIONKEY
            a wrong organisation      | Organization my-organisation does not exist. (HTTP error code 401: Unauthorized)                     | check RHSM_ORG and RHSM_ACTIVATIONKEY
            a CA that is not trusted  | Error loading certificate: [Errno 2] No such file or directory: '/x/consumer/cert.pem'                | check that the CA of the subscription service is given and is trusted: https://rhsm.example/subscription
            a key that asks for more  | Max Hosts (5) reached for activation key 'my secret/key' (HTTP error code 403: Forbidden)             | check RHSM_ORG and RHSM_ACTIVATIONKEY
            a name that is refused    | System name cannot contain most special characters. (HTTP error code 400: Bad Request)                | see the lines above
            """)
    void failsAtOnceWithTheReasonAndWhatToDo(String name, String text, String advice) throws Exception {
        answer("register", "", 70, text);
        String output = run("sh", "register", "dtk-one");
        String shown = text.replace("my-organisation", "****").replace("my secret/key", "****");
        assertThat(output.lines().filter(line -> line.startsWith("dtk: ")))
                .containsExactly(
                        "dtk: registering with RHSM at https://rhsm.example/subscription: dtk-one",
                        "dtk: not registered with RHSM: dtk-one",
                        "dtk: failed: cannot register with RHSM: " + shown + "; " + advice);
        assertThat(calls()).hasSize(1);
        assertThat(run("sh", "unregister")).as("nothing to look for").isEmpty();
        assertThat(calls()).hasSize(1);
    }

    @Test
    void asksForTheIdentityOfASystemWhoseRegistrationEndedUnclearAndRemovesIt() throws Exception {
        for (int i = 0; i < 4; i++) {
            answer("register", "", 70, LATE);
        }
        assertThat(run("sh", "register", "dtk-one"))
                .endsWith("; the subscription service does not answer properly, try again later:"
                        + " https://rhsm.example/subscription; whether dtk-one is registered is unknown\n");
        assertThat(run("sh", "unregister")).isEqualTo("dtk: unregistered from RHSM: dtk-one\n");
        assertThat(calls()).last().isEqualTo("unregister");
        assertThat(calls())
                .filteredOn(call -> call.startsWith("register --name=dtk-one "))
                .hasSize(5);
    }

    @Test
    void namesASystemThatItCannotFindAgain() throws Exception {
        for (int i = 0; i < 5; i++) {
            answer("register", "", 70, LATE);
        }
        run("sh", "register", "dtk-one");
        assertThat(run("sh", "unregister"))
                .isEqualTo("dtk: warning: perhaps still registered with RHSM at https://rhsm.example/subscription:"
                        + " dtk-one: " + LATE + "\n");
    }

    @Test
    void thatIsRegisteredButHasNoCertificateYetFetchesItAndIsNotRegisteredAgain() throws Exception {
        answer("register", "registered", 70, "The registered system name is: dtk-one\n" + BUSY);
        answer(
                "refresh",
                "",
                70,
                "The server rate limit has been exceeded, please try again later. (Expires in 30 seconds)");
        assertThat(run("sh", "register", "dtk-one"))
                .contains("dtk: trying again in 30 s: fetching the certificates of dtk-one: The server rate limit")
                .endsWith("dtk: registered with RHSM as dtk-one\n");
        assertThat(calls()).filteredOn(call -> call.startsWith("register ")).hasSize(1);
    }

    @Test
    void thatGetsNoCertificateSaysWhy() throws Exception {
        answer("register", "registered", 0, "The registered system name is: dtk-one");
        answer("refresh", "", 0, "All local data refreshed");
        assertThat(run("sh", "register", "dtk-one"))
                .endsWith("dtk: failed: RHSM gives the system no certificate: let the organisation have simple content"
                        + " access, or use another key\n");
    }

    @Test
    void isStoppedAtOnceAndLooksForTheSystemAfterwards() throws Exception {
        answer("register", "hangs", 70, "");
        Process process = start("sh", "register", "dtk-one");
        // Not for its line in the calls: a client that ends before it takes its answer leaves it to the next one.
        while (!Files.exists(root.resolve("answer"))) {
            Thread.sleep(20);
        }
        process.toHandle().destroy();
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(text(process))
                .isEqualTo("dtk: registering with RHSM at https://rhsm.example/subscription: dtk-one\n"
                        + "dtk: failed: stopped by a signal while registering with RHSM as dtk-one\n");
        assertThat(run("sh", "unregister")).isEqualTo("dtk: unregistered from RHSM: dtk-one\n");
        assertThat(calls()).last().isEqualTo("unregister");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"sh", "bash", "busybox sh"})
    void doesNotWaitForWhatCouldNotBeWritten(String shell) throws Exception {
        Parts.need("bash", "busybox");
        program(
                "mktemp",
                "#!/bin/sh\nln -s /nowhere/ticks @/log.ticks\n: >@/log\necho @/log\n".replace("@", root + "/tmp"));
        assertThat(run(shell, "register", "dtk-one")).endsWith("dtk: registered with RHSM as dtk-one\n");
    }

    @Test
    void warnsOfASystemThatStaysRegistered() throws Exception {
        run("sh", "register", "dtk-one");
        for (int i = 0; i < 4; i++) {
            answer("unregister", "", 70, BUSY);
        }
        assertThat(run("sh", "unregister"))
                .endsWith("dtk: warning: still registered with RHSM at https://rhsm.example/subscription: dtk-one: "
                        + BUSY + "\n");
    }

    @Test
    void showsTheLogOfTheClientWithoutSecrets() throws Exception {
        Files.writeString(
                root.resolve("var/log/rhsm/rhsm.log"),
                "2026-11-27 [INFO] nothing\n2026-11-27 [ERROR] GET /x?owner=my-organisation&activation_keys=my%20secret%2Fkey&b\n");
        answer("register", "", 70, "Whatever");
        assertThat(run("sh", "register", "dtk-one"))
                .contains("rhsm.log: 2026-11-27 [ERROR] GET /x?owner=****&activation_keys=****&b\n")
                .doesNotContain("nothing");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            an asterisk           | *          | Unknown * (x*y)            | Unknown **** (x****y)
            stars                 | **         | a ** b                     | a **** b
            a part of a word      | ent        | Content of ent, not ENT    | Content of ****, not ENT
            a digit               | 1          | 401 of 1                   | 401 of ****
            at both ends          | ab         | ab ab-ab ab                | **** ****-**** ****
            side by side          | abcdefgh   | abcdefghabcdefgh           | ****
            in a longer word      | abcdefgh   | xabcdefghx                 | x****x
            a pattern             | a.[c       | a.[c abc                   | **** abc
            a backslash           | a\\b       | see a\\b                   | see ****
            as in an address      | a b&c      | ?org=a%20b%26c or a+b%26c  | ?org=**** or ****
            """)
    void coversSecretsAndNothingElse(String name, String secret, String text, String shown) throws Exception {
        Parts.need("busybox", "bash");
        secret("RHSM_ORG", secret + "\n");
        for (String shell : List.of("sh", "bash", "busybox sh")) {
            answer("register", "", 70, text);
            assertThat(run(shell, "register", "dtk-one").lines()).contains(shown);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", " ", "\n\n", "\t"})
    void takesABlankSecretForNone(String blank) throws Exception {
        secret("RHSM_ORG", blank);
        assertThat(run("sh", "register", "dtk-one"))
                .isEqualTo(
                        "dtk: failed: cannot register with RHSM: only one of RHSM_ORG and RHSM_ACTIVATIONKEY is given;"
                                + " give both or none\n");
        secret("RHSM_ACTIVATIONKEY", blank);
        assertThat(run("sh", "register", "dtk-one")).startsWith("dtk: not registering with RHSM");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
            https://satellite.lab/rhsm             | satellite.lab | 443  | /rhsm         | https://satellite.lab/pulp/content
            https://capsule.lab:8443/rhsm          | capsule.lab   | 8443 | /rhsm         | https://capsule.lab/pulp/content
            https://satellite.lab:4443/rhsm        | satellite.lab | 4443 | /rhsm         | https://satellite.lab:4443/pulp/content
            https://candlepin.lab:8443/candlepin   | candlepin.lab | 8443 | /candlepin    | -
            """)
    void speaksToTheServiceThatIsSet(String url, String host, String port, String prefix, String content)
            throws Exception {
        secret("RHSM_SERVER", url + "\n-----BEGIN CERTIFICATE-----\n");
        assertThat(run("sh", "register", "dtk-one")).contains("registered with RHSM as dtk-one");
        assertThat(calls().get(0))
                .isEqualTo("config --server.hostname=" + host + " --server.port=" + port + " --server.prefix=" + prefix
                        + " --rhsm.repo_ca_cert=" + root + "/etc/rhsm/ca/dtk-server.pem"
                        + (content == null ? "" : " --rhsm.baseurl=" + content));
        assertThat(Files.readString(root.resolve("ca")))
                .isEqualTo("-----BEGIN CERTIFICATE-----\nthe authorities of the base image\n");
        run("sh", "unregister");
        assertThat(left()).containsExactly("etc/pki/tls/certs/ca-bundle.crt", "etc/rhsm/rhsm.conf");
    }

    @Test
    void whoseContainerIsGoneIsUnregisteredFromItsIdentityAlone() throws Exception {
        secret("RHSM_SERVER", "https://satellite.lab/rhsm\n");
        run("sh", "register", "dtk-one");
        Path note = root.resolve("etc/pki/consumer/dtk.pem");
        assertThat(Files.readString(note)).isEqualTo("dtk-one\nhttps://satellite.lab/rhsm\n");
        Files.delete(root.resolve("etc/rhsm/rhsm.conf.dtk"));
        Files.delete(root.resolve("run/secrets/RHSM_ORG"));
        assertThat(run("sh", "leave")).isEqualTo("dtk: unregistered from RHSM: dtk-one\n");
        assertThat(calls()).filteredOn(call -> call.startsWith("config ")).hasSize(2);
    }

    private void answer(String command, String effect, int exitCode, String text) throws IOException {
        Files.writeString(
                root.resolve("answers").resolve(command + "." + (100 + answers++)),
                effect + "\n" + exitCode + "\n" + text + "\n");
    }

    private void secret(String name, String value) throws IOException {
        Files.writeString(root.resolve("run/secrets").resolve(name), value);
    }

    private void program(String name, String text) throws IOException {
        Path program = Files.writeString(root.resolve("bin").resolve(name), text);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String run(String shell, String... arguments) throws Exception {
        Process process = start(shell, arguments);
        String output = text(process);
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        return output;
    }

    private Process start(String shell, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(shell.split(" ")));
        command.add(root.resolve("dtk/dtk-rhsm.sh").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().merge("PATH", root.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
        builder.environment().put("TMPDIR", root.resolve("tmp").toString());
        return builder.start();
    }

    private static String text(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private List<String> calls() throws IOException {
        Path calls = root.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    /** The files of the system, without those of the test. */
    private List<String> left() throws IOException {
        try (var files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .filter(file -> file.matches("(etc|tmp|var)/.*"))
                    .sorted()
                    .toList();
        }
    }
}
