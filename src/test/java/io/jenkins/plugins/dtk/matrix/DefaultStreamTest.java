package io.jenkins.plugins.dtk.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dtk.kernel.Stream;
import io.jenkins.plugins.dtk.release.ReleaseVersion;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The stream that the nodes of a release run by default")
class DefaultStreamTest {

    @ParameterizedTest(name = "{0} with {1}: {2}")
    @DisplayName("is the older one up to 4.x, the newer one from 5.0 on and in OKD")
    @CsvSource({
        "4.8.36, rhel-8, rhel-8",
        "4.20.26, rhel-9, rhel-9",
        "4.21.0-ec.1, rhel-9 rhel-10, rhel-9",
        "4.22.11, rhel-10 rhel-9, rhel-9",
        "4.23.0, rhel-9 rhel-10, rhel-9",
        "5.0.0-rc.5, rhel-9 rhel-10, rhel-10",
        "5.1.0, rhel-10 rhel-9, rhel-10",
        "5.0.1, rhel-9, rhel-9",
        "4.19.0-okd-scos.1, centos-9, centos-9",
        "4.21.0-okd-scos.1, centos-9 centos-10, centos-10"
    })
    void rule(String release, String streams, String expected) {
        assertThat(DefaultStream.of(
                        ReleaseVersion.parse(release),
                        Arrays.stream(streams.split(" ")).map(Stream::new).toList()))
                .hasToString(expected);
    }

    @Test
    @DisplayName("is none of no streams")
    void none() {
        assertThatThrownBy(() -> DefaultStream.of(ReleaseVersion.parse("4.20.26"), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("release 4.20.26 has no stream");
    }
}
