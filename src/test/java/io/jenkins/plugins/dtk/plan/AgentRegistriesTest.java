package io.jenkins.plugins.dtk.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.plan.BuildAgent.Outcome;
import io.jenkins.plugins.dtk.testing.Parts;
import io.jenkins.plugins.dtk.testing.SecretSearch;
import io.jenkins.plugins.dtk.testing.TlsProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the controller's configuration says of registries holds on the agent, and so does what its admin configured. */
@Timeout(900)
class AgentRegistriesTest extends AgentBuildTest {

    @AutoClose
    static TlsProxy tls;

    @BeforeAll
    static void startProxy() throws Exception {
        Parts.need("nginx");
        tls = TlsProxy.start(Files.createDirectory(siteHome.resolve("tls")), site.registry.address(), 1000);
    }

    /** A build whose images are all behind TLS that this machine does not trust. */
    private static Map<String, String> behindTls(String builder, String... changes) {
        Map<String, String> variables = site.variables(
                "DTK_BUILDER",
                builder,
                "DTK_IMAGE",
                tls.address() + "/acme/" + builder,
                "DTK_BASE_IMAGE",
                tls.address() + "/ubi8/ubi:8.4",
                "DTK_PLAIN_HTTP",
                "");
        for (int i = 0; i < changes.length; i += 2) {
            variables.put(changes[i], changes[i + 1]);
        }
        return variables;
    }

    private void assertBuilt(Outcome outcome) throws Exception {
        assertThat(outcome.lastLine()).as(outcome.output()).startsWith("dtk: pushed ");
        assertThat(agent.leftovers()).isEmpty();
        assertThat(new SecretSearch(List.of(BuildSite.PASSWORD)).filesWithSecrets(home))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"podman", "buildah"})
    @DisplayName("without a word of either, an untrusted certificate is refused with its reason, by")
    void untrusted(String builder) throws Exception {
        assertThat(agent.build(behindTls(builder)).lastLine())
                .contains("the registry's certificate is not trusted on this agent: install its CA there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"podman", "buildah"})
    @DisplayName("a certificate that the controller trusts is trusted by")
    void trusted(String builder) throws Exception {
        assertBuilt(agent.build(behindTls(builder, "DTK_CERTIFICATES", tls.certificate())));
    }

    @Test
    @DisplayName("a certificate for another registry alone is not trusted")
    void trustedElsewhere() throws Exception {
        String elsewhere = "[registry.lab]\n" + tls.certificate();

        assertThat(agent.build(behindTls("podman", "DTK_CERTIFICATES", elsewhere))
                        .lastLine())
                .contains("the registry's certificate is not trusted on this agent");
        assertBuilt(agent.build(
                behindTls("podman", "DTK_CERTIFICATES", elsewhere + "[" + tls.address() + "]\n" + tls.certificate())));
    }

    @Test
    @DisplayName("what is no certificate is refused in one line")
    void noCertificate() throws Exception {
        Outcome outcome = agent.build(behindTls("podman", "DTK_CERTIFICATES", "/etc/ssl/my-ca.pem"));

        assertThat(outcome.output().strip())
                .isEqualTo("dtk: failed: DTK_CERTIFICATES holds no certificate: it should be PEM,"
                        + " from -----BEGIN CERTIFICATE----- on");
    }

    @ParameterizedTest
    @ValueSource(strings = {"podman", "buildah"})
    @DisplayName("a registry whose certificate the controller does not verify is not verified by")
    void unverified(String builder) throws Exception {
        assertBuilt(agent.build(behindTls(builder, "DTK_UNVERIFIED_TLS", "other.lab " + tls.address())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"podman", "buildah"})
    @DisplayName("what the agent's own registries.conf allows stays allowed for")
    void registriesConf(String builder) throws Exception {
        Path configuration = Files.writeString(
                home.resolve("registries.conf"),
                "[[registry]]\nlocation = \"" + tls.address() + "\"\ninsecure = true\n");

        assertBuilt(agent.build(behindTls(builder, "CONTAINERS_REGISTRIES_CONF", configuration.toString())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"podman", "buildah"})
    @DisplayName("the base image comes from the first mirror that has it, and from its own place in the end, with")
    void mirrors(String builder) throws Exception {
        String wrong = site.registry.address() + "/nowhere/ubi:8.4";
        String right = site.registry.address() + "/ubi8/ubi:8.4";
        Map<String, String> variables = site.variables(
                "DTK_BUILDER",
                builder,
                "DTK_BASE_IMAGE",
                "registry.invalid/ubi8/ubi:8.4",
                "DTK_BASE_MIRRORS",
                wrong + " " + right);
        Outcome outcome = agent.build(variables);
        assertBuilt(outcome);
        assertThat(outcome.output())
                .contains("dtk: warning: its mirror has no base image " + wrong.replace(":8.4", "@"));

        variables.put("DTK_BASE_IMAGE", right);
        variables.put("DTK_BASE_MIRRORS", wrong);
        assertBuilt(agent.build(variables));
    }
}
