package io.jenkins.plugins.dtk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.testing.Parts;
import io.jenkins.plugins.dtk.testing.ProxiedRegistry;
import io.jenkins.plugins.dtk.testing.RealProxy;
import io.jenkins.plugins.dtk.testing.ScriptedServer;
import io.jenkins.plugins.dtk.testing.TlsProxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each run is a process of its own: what Java permits a proxy is settled once, before its first request. */
@DisplayName("Through a real proxy with a login, dtk")
class ProxyTest {

    @TempDir
    private static Path folder;

    @AutoClose
    private static ProxiedRegistry site;

    private static RealProxy proxy;
    private static ScriptedServer registry;
    private static TlsProxy tls;

    @BeforeAll
    static void start() throws Exception {
        Parts.need("tinyproxy", "nginx");
        site = new ProxiedRegistry(folder);
        proxy = site.proxy();
        registry = site.registry();
        tls = site.tls();
        Files.writeString(folder.resolve("ca.pem"), tls.certificate());
        String auth = "\":{\"auth\":\"" + ProxiedRegistry.LOGIN + "\"}";
        Files.writeString(
                folder.resolve("auth.json"),
                "{\"auths\":{\"" + tls.address() + auth + ",\"" + registry.address() + auth + "}}");
    }

    private record Ran(int exit, String text) {}

    private static Ran exists(String host, Map<String, String> variables) throws Exception {
        ProcessBuilder dtk = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "exists",
                host + "/acme/x:1",
                "--registry-auth",
                folder.resolve("auth.json").toString(),
                "--ca",
                folder.resolve("ca.pem").toString(),
                "--plain-http",
                registry.address());
        dtk.environment().keySet().removeIf(name -> name.toLowerCase(Locale.ROOT)
                .endsWith("_proxy"));
        dtk.environment().putAll(variables);
        dtk.redirectErrorStream(true);
        Process process = dtk.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), text);
    }

    @ParameterizedTest(name = "{0} to {1}")
    @DisplayName("reaches a registry that has a login of its own, over TLS and without")
    @CsvSource({"HTTPS_PROXY, tls", "http_proxy, plain"})
    void reaches(String variable, String kind) throws Exception {
        String host = kind.equals("tls") ? tls.address() : registry.address();
        int before = registry.requests().size();
        Ran ran = exists(
                host, Map.of(variable, "http://" + RealProxy.USER + ":" + RealProxy.PASSWORD + "@" + proxy.address()));

        assertThat(ran.exit()).as(ran.text() + registry.requests()).isZero();
        assertThat(proxy.log()).contains(kind.equals("tls") ? "CONNECT " + host : "GET http://" + host + "/v2/");
        assertThat(registry.requests().subList(before, registry.requests().size()))
                .as("what the registry hears of the proxy's login; tinyproxy relays it over plain http")
                .allMatch(request -> kind.equals("plain") || request.header("Proxy-Authorization") == null);
    }

    @ParameterizedTest(name = "{0}, over {1}")
    @DisplayName("says in one line that the proxy wants a login, or another one")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            no login       | tls   | ''              | wants a login (407); give it a user and a password: in HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT
            a wrong login  | tls   | traveller:wrong-password@ | does not take our login (407); check its user and password
            a wrong login  | plain | traveller:wrong-password@ | does not take our login (407); check its user and password
            no login       | plain | ''              | wants a login (407); give it a user and a password
            """)
    void refused(String what, String kind, String login, String words) throws Exception {
        String host = kind.equals("tls") ? tls.address() : registry.address();
        Ran ran = exists(
                host,
                new TreeMap<>(Map.of(
                        "HTTPS_PROXY", "http://" + login + proxy.address(),
                        "HTTP_PROXY", "http://" + login + proxy.address())));

        assertThat(ran.exit()).isNotZero();
        assertThat(ran.text())
                .contains("the proxy " + proxy.address() + " on the way to " + host + " " + words)
                .doesNotContain("Exception", "wrong-password");
        assertThat(ran.text().lines()).hasSize(1);
    }

    @ParameterizedTest(name = "NO_PROXY={0}")
    @DisplayName("goes past it to the hosts of NO_PROXY")
    @CsvSource("10.0.0.0/8 127.0.0.0/8")
    void goesPast(String exceptions) throws Exception {
        Ran ran = exists(tls.address(), Map.of("HTTPS_PROXY", "http://127.0.0.1:9", "NO_PROXY", exceptions));
        assertThat(ran.exit()).as(ran.text()).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("names the proxy that it cannot reach")
    @CsvSource("127.0.0.1:9")
    void unreachable(String nowhere) throws Exception {
        Ran ran = exists(tls.address(), Map.of("HTTPS_PROXY", "http://" + nowhere));
        assertThat(ran.exit()).isNotZero();
        assertThat(ran.text()).contains("cannot connect to " + tls.address() + " through the proxy 127.0.0.1:9");
        assertThat(new TreeSet<>(ran.text().lines().toList())).hasSize(1);
    }
}
