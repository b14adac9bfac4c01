package io.jenkins.plugins.dtk.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.plugins.dtk.oci.ImageReference;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A location")
class LocationsTest {

    private final RegistryClient client = RegistryClient.builder()
            .locations(Map.of(
                    "quay.io", "127.0.0.1:5000",
                    "quay.io/acme", "mirror.example/quay/acme-copy",
                    "registry.access.redhat.com/", "mirror.example:8443/redhat/"))
            .build();

    @ParameterizedTest
    @CsvSource({
        "quay.io/other/x:1, 127.0.0.1:5000/other/x:1",
        "Quay.IO/other/x:1, 127.0.0.1:5000/other/x:1",
        "quay.io/acme/x:1, mirror.example/quay/acme-copy/x:1",
        "quay.io/acme, mirror.example/quay/acme-copy",
        "quay.io/acme2/x, 127.0.0.1:5000/acme2/x",
        "quay.io:443/other/x, quay.io:443/other/x",
        "registry.access.redhat.com/ubi9/ubi:9.4, mirror.example:8443/redhat/ubi9/ubi:9.4",
        "ghcr.io/acme/x:1, ghcr.io/acme/x:1",
        "docker.io/library/busybox, registry-1.docker.io/library/busybox",
    })
    void movesTheNamesBelowItsPrefixByWholePartsOfThePath(String name, String place) {
        assertThat(client.located(ImageReference.parse(name))).hasToString(place);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mirror.example/UPPER", "http://mirror.example", "mirror example", "mirror.example:x"})
    void thatIsNoPlaceIsRefused(String place) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RegistryClient.builder().locations(Map.of("quay.io", place)))
                .withMessageStartingWith("not a place for quay.io: '" + place + "'");
    }
}
