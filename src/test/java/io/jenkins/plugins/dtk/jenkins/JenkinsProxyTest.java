package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.testing.Parts;
import io.jenkins.plugins.dtk.testing.ProxiedRegistry;
import io.jenkins.plugins.dtk.testing.RealProxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each read is a process of its own: what Java permits a proxy is settled once, before its first request. */
@DisplayName("Through the proxy of Jenkins' own configuration, a real one with a login, a registry with another login")
class JenkinsProxyTest {

    @TempDir
    private static Path folder;

    @AutoClose
    private static ProxiedRegistry site;

    @BeforeAll
    static void start() throws Exception {
        Parts.need("tinyproxy", "nginx");
        site = new ProxiedRegistry(folder);
        Files.writeString(folder.resolve("ca.pem"), site.tls().certificate());
    }

    private static String read(String host, String password, String exceptions) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ProxiedRead.class.getName(),
                        String.valueOf(site.proxy().port()),
                        RealProxy.USER,
                        password,
                        exceptions,
                        host + "/acme/x:1",
                        folder.resolve("ca.pem").toString(),
                        site.registry().address())
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }

    private static String host(String kind) {
        return kind.equals("TLS") ? site.tls().address() : site.registry().address();
    }

    @ParameterizedTest(name = "over {0}")
    @ValueSource(strings = {"TLS", "plain http"})
    @DisplayName("is read")
    void reads(String kind) throws Exception {
        assertThat(read(host(kind), RealProxy.PASSWORD, "")).isEqualToIgnoringNewLines("there: true");
        assertThat(site.proxy().log())
                .contains(kind.equals("TLS") ? "CONNECT " + host(kind) : "GET http://" + host(kind) + "/v2/");
    }

    @ParameterizedTest(name = "over {0}")
    @ValueSource(strings = {"TLS", "plain http"})
    @DisplayName("is not read with a wrong login at the proxy, which is said in one line without the password")
    void refused(String kind) throws Exception {
        String text = read(host(kind), "wrong-password", "");
        assertThat(text)
                .contains("the proxy 127.0.0.1:" + site.proxy().port() + " on the way to " + host(kind)
                        + " does not take our login (407); check its user and password")
                .doesNotContain("wrong-password", "Exception");
        assertThat(text.lines()).hasSize(1);
    }

    @Test
    @DisplayName("is read directly where it is an exception")
    void direct() throws Exception {
        assertThat(read(host("TLS"), "wrong-password", "10.*\n127.0.0.*")).isEqualToIgnoringNewLines("there: true");
    }
}
