package io.jenkins.plugins.dtk.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.registry.RegistryCredentials;
import io.jenkins.plugins.dtk.release.ReleaseSources;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The settings for all pipelines")
class SiteSettingsTest {

    @ParameterizedTest
    @DisplayName("name registries by host, or host and port")
    @ValueSource(
            strings = {
                "quay.io",
                "127.0.0.1:5000",
                "localhost:5000",
                "Registry.Lab:80",
                "my-registry.example.com:65535",
                "[::1]:5000",
                " 127.0.0.1:5000 "
            })
    void registries(String host) {
        assertThat(SiteSettings.registries(List.of(host))).containsExactly(host.strip());
    }

    @ParameterizedTest(name = "''{0}''")
    @DisplayName("refuse what is no registry in one line")
    @ValueSource(
            strings = {
                "",
                " ",
                "http://127.0.0.1:5000",
                "127.0.0.1:5000/path",
                "127.0.0.1:",
                "127.0.0.1:port",
                "127.0.0.1:123456",
                "127.0.0.1:65536",
                "me@quay.io",
                "registry",
                "quay.io quay.io",
                "-quay.io",
                "quay..io",
                "quay.io\nevil.example.com",
                "[::1",
                "*.example.com"
            })
    void notRegistries(String host) {
        assertThatThrownBy(() -> SiteSettings.registries(List.of("quay.io", host)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not a registry: '")
                .hasMessageContaining("expected HOST or HOST:PORT, without http:// and without a path")
                .hasMessageNotContainingAny("\n");
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @DisplayName("say where registries really are; the longest prefix wins")
    @CsvSource({
        "quay.io=mirror.lab:5000, quay.io/acme/dtk:1, mirror.lab:5000/acme/dtk:1",
        "' quay.io = mirror.lab:5000/quay ', quay.io/acme/dtk:1, mirror.lab:5000/quay/acme/dtk:1",
        "quay.io/acme=mirror.lab/team, quay.io/acme/dtk:1, mirror.lab/team/dtk:1",
        "quay.io/acme=mirror.lab/team, quay.io/acmeother/dtk:1, quay.io/acmeother/dtk:1",
        "quay.io=mirror.lab:5000, registry.lab/acme/dtk:1, registry.lab/acme/dtk:1",
        "QUAY.io=mirror.lab:5000, quay.io/acme/dtk:1, mirror.lab:5000/acme/dtk:1"
    })
    void locations(String line, String image, String place) {
        SiteSettings settings = new SiteSettings(
                ReleaseSources.of(null, null),
                Set.of(),
                SiteSettings.locations(List.of(line, "quay.io/x=other.lab/y")),
                "",
                HttpClient::newBuilder);

        assertThat(settings.registryClient(RegistryCredentials.none()).located(ImageReference.parse(image)))
                .hasToString(place);
    }

    @ParameterizedTest(name = "''{0}''")
    @DisplayName("refuse what is no location in one line that quotes it")
    @ValueSource(
            strings = {
                "",
                "quay.io",
                "quay.io=",
                "=mirror.lab:5000",
                "quay.io = ",
                "quay.io=a.lab=b.lab",
                "quay.io=http://mirror.lab:5000",
                "https://quay.io=mirror.lab:5000",
                "quay.io=mirror.lab:5000/Upper",
                "quay.io/acme:1=mirror.lab/acme",
                "quay.io=mirror.lab/acme:1",
                "quay.io/=mirror.lab",
                "quay.io=mirror lab",
                "quay.io=mirror",
                "quay.io=mirror.lab\nevil.io=x.lab"
            })
    void notLocations(String line) {
        assertThatThrownBy(() -> SiteSettings.locations(List.of("a.lab=b.lab", line)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not a registry's location: '")
                .hasMessageContaining("expected PREFIX=PLACE, such as quay.io=mirror.example.com:5000/quay")
                .hasMessageNotContainingAny("\n");
    }

    @Test
    @DisplayName("refuse a prefix that has two places")
    void twoPlaces() {
        assertThatThrownBy(() -> SiteSettings.locations(List.of("quay.io=a.lab", "Quay.io=b.lab")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the registry's location 'quay.io' is given twice");
        assertThat(SiteSettings.locations(List.of("quay.io=a.lab", "quay.io=a.lab")))
                .isEqualTo(Map.of("quay.io", "a.lab"));
    }

    @Test
    @DisplayName("refuse certificates to trust that are none, when a client is made")
    void wrongCertificates() {
        SiteSettings settings =
                new SiteSettings(ReleaseSources.of(null, null), Set.of(), Map.of(), "not PEM", HttpClient::newBuilder);

        assertThatThrownBy(() -> settings.registryClient(RegistryCredentials.none()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("certificate")
                .hasMessageNotContainingAny("\n");
    }

    @ParameterizedTest
    @DisplayName("refuse what is no mirror in one line")
    @ValueSource(strings = {"quay.io", "quay.io=", "=mirror.lab", "quay.io=http://mirror.lab", "a=b=c"})
    void notMirrors(String line) {
        assertThatThrownBy(() -> SiteSettings.mirrors(List.of(line)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not a registry's mirror: '" + line + "'")
                .hasMessageContaining("PREFIX=PLACE");
    }

    @Test
    @DisplayName("keep the mirrors of a prefix in their order")
    void mirrors() {
        assertThat(SiteSettings.mirrors(List.of("Quay.io=one.lab", "quay.io=two.lab/quay", "ghcr.io=one.lab/ghcr")))
                .isEqualTo(Map.of("quay.io", List.of("one.lab", "two.lab/quay"), "ghcr.io", List.of("one.lab/ghcr")));
    }

    @Test
    @DisplayName("give one client to all short tasks with the same login until it is cleared, and no other task")
    void sharedClients() {
        RegistryCredentials login = RegistryCredentials.of("quay.io", "user", "one");
        RegistryCredentials same = RegistryCredentials.of("quay.io", "user", "one");
        RegistryCredentials other = RegistryCredentials.of("quay.io", "user", "two");
        SiteSettings settings =
                new SiteSettings(ReleaseSources.of(null, null), Set.of(), Map.of(), "", HttpClient::newBuilder);
        SharedClients clients = new SharedClients();

        RegistryClient first = clients.get(login, settings::registryClient);
        assertThat(first)
                .isSameAs(clients.get(same, settings::registryClient))
                .isNotSameAs(clients.get(other, settings::registryClient))
                .isNotSameAs(new SharedClients().get(login, settings::registryClient));
        clients.clear();
        assertThat(clients.get(login, settings::registryClient)).isNotSameAs(first);
    }
}
