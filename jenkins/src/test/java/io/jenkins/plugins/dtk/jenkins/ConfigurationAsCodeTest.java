package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.casc.misc.junit.jupiter.AbstractRoundTripTest;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The global configuration comes from a file, survives a restart, and is exported as it was written. */
@WithJenkins
class ConfigurationAsCodeTest extends AbstractRoundTripTest {

    @Override
    protected void assertConfiguredAsExpected(JenkinsRule jenkins, String content) {
        DtkConfiguration configuration = DtkConfiguration.get();
        assertThat(configuration.getGraphUrl()).isEqualTo("https://graph.example.com/api/upgrades_info/graph");
        assertThat(configuration.getReleaseRepository()).isEqualTo("mirror.example.com/openshift/release");
        assertThat(configuration.getChannel()).isEqualTo("stable");
        assertThat(configuration.getBaseImage()).isEqualTo("mirror.example.com/redhat/ubi{major}/ubi:{rhel}");
        assertThat(configuration.getRegistryMirrors()).containsExactly("quay.io=mirror.lan:5000/quay");
        assertThat(configuration.getRequestsPerSecond()).isEqualTo("20");
        assertThat(configuration.getUnverifiedTlsRegistries()).containsExactly("lab.lan:5000");
        assertThat(configuration.getRhsmUrl()).isEqualTo("https://satellite.lan/rhsm");
        assertThat(configuration.getCacheFolder()).isEqualTo("/var/cache/driver-toolkit");
        assertThat(configuration.getPlainHttpRegistries()).containsExactly("registry.lan:5000");
        assertThat(configuration.getRegistryLocations())
                .containsExactly("quay.io=mirror.example.com/quay", "registry.access.redhat.com=mirror.example.com/redhat");
        assertThat(configuration.getTrustedCertificates()).startsWith("-----BEGIN CERTIFICATE-----");
    }

    @Override
    protected String stringInLogExpected() {
        return ".graphUrl = https://graph.example.com/api/upgrades_info/graph";
    }
}
