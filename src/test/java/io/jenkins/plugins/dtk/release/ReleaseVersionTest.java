package io.jenkins.plugins.dtk.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A release's version")
class ReleaseVersionTest {

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("is read in every form that OpenShift and OKD use")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            generally available       | 4.16.20                                    | 4.16 | false
            the first of a line       | 4.8.2                                      | 4.8  | false
            the next major            | 5.0.0                                      | 5.0  | false
            early candidate           | 4.21.0-ec.1                                | 4.21 | true
            feature candidate         | 4.8.0-fc.0                                 | 4.8  | true
            release candidate         | 4.22.0-rc.5                                | 4.22 | true
            local developer's cluster | 4.22.7-crc                                 | 4.22 | true
            nightly                   | 4.22.0-0.nightly-2026-09-02-125503         | 4.22 | true
            nightly for arm           | 4.22.0-0.nightly-arm64-2026-09-02-125503   | 4.22 | true
            CI                        | 4.22.0-0.ci-2026-09-02-125503              | 4.22 | true
            OKD                       | 4.19.0-okd-scos.1                          | 4.19 | false
            OKD's first               | 4.22.0-okd-scos.0                          | 4.22 | false
            OKD early candidate       | 4.21.0-okd-scos.ec.11                      | 4.21 | true
            OKD release candidate     | 4.21.0-okd-scos.rc.1                       | 4.21 | true
            OKD on Fedora CoreOS      | 4.15.0-0.okd-2024-03-10-010116             | 4.15 | false
            OKD on SCOS, by date      | 4.16.0-0.okd-scos-2024-09-24-151747        | 4.16 | false
            """)
    void isRead(String what, String text, String line, boolean preRelease) {
        ReleaseVersion version = ReleaseVersion.parse(text);

        assertThat(version).hasToString(text);
        assertThat(version.line()).hasToString(line);
        assertThat(version.isPreRelease()).isEqualTo(preRelease);
        assertThat(ReleaseVersion.isVersion(text)).isTrue();
    }

    @ParameterizedTest(name = "''{0}''")
    @DisplayName("is refused in one line when it is none, as other tags of the release repository")
    @ValueSource(
            strings = {
                "",
                "4.16",
                "4.16.x",
                "v4.16.20",
                "4.16.20-x86_64",
                "4.016.20",
                "4.16.020",
                "04.16.20",
                "4.16.20+build",
                "4.16.20-",
                "4.16.20-rc..1",
                "4.16.20-.",
                "4.16.20 ",
                "4.16.20\n",
                "4.16.99999999999",
                "\u0664.16.20",
                "sha256-1d5be0c7a9a7b1c2.sig",
                "latest"
            })
    void isRefused(String text) {
        assertThat(ReleaseVersion.isVersion(text)).isFalse();
        assertThatThrownBy(() -> ReleaseVersion.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not a release version: '")
                .hasMessageEndingWith("(expected a form like 4.16.20)")
                .hasMessageNotContainingAny("\n");
    }

    @Test
    @DisplayName("orders by semantic versioning: numbers as numbers, candidates before the release")
    void orders() {
        List<ReleaseVersion> ascending = Stream.of(
                        "4.8.0-fc.9",
                        "4.8.0-rc.0",
                        "4.8.2",
                        "4.8.57",
                        "4.16.0-0.nightly-2024-05-01-111315",
                        "4.16.0-ec.2",
                        "4.16.0-ec.10",
                        "4.16.0-rc.1",
                        "4.16.0-rc.1.1",
                        "4.16.0-rc.9",
                        "4.16.0-rc.10",
                        "4.16.0",
                        "4.16.2",
                        "4.16.20",
                        "4.19.0-okd-scos.2",
                        "4.19.0-okd-scos.10",
                        "4.19.0-okd-scos.ec.1",
                        "4.23.0",
                        "5.0.0-ec.1",
                        "5.0.0",
                        "5.1.0-9999999999999999998",
                        "5.1.0-9999999999999999999",
                        "5.1.0-10000000000000000000",
                        "5.1.0-alpha")
                .map(ReleaseVersion::parse)
                .toList();

        List<ReleaseVersion> sorted = new ArrayList<>(ascending);
        Collections.reverse(sorted);
        Collections.sort(sorted);

        assertThat(sorted).isEqualTo(ascending);
    }
}
