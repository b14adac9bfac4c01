package io.jenkins.plugins.dtk.release;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A tag of the release repository")
class ReleaseTagTest {

    @ParameterizedTest(name = "{0}")
    @DisplayName("names a release and whom it serves")
    @CsvSource({
        "4.16.20-x86_64, 4.16.20, x86_64",
        "4.16.20-aarch64, 4.16.20, aarch64",
        "4.16.20-ppc64le, 4.16.20, ppc64le",
        "4.16.20-s390x, 4.16.20, s390x",
        "4.16.20-multi, 4.16.20, multi",
        "4.22.0-ec.4-x86_64, 4.22.0-ec.4, x86_64",
        "4.22.0-fc.0-s390x, 4.22.0-fc.0, s390x",
        "4.22.0-rc.1-multi, 4.22.0-rc.1, multi",
        "5.0.0-ec.5-multi, 5.0.0-ec.5, multi",
        "5.0.0-rc.5-aarch64, 5.0.0-rc.5, aarch64",
        "4.19.0-okd-scos.1, 4.19.0-okd-scos.1, ''",
        "4.21.0-okd-scos.ec.11, 4.21.0-okd-scos.ec.11, ''",
        "4.22.0-0.nightly-2026-09-02-125503, 4.22.0-0.nightly-2026-09-02-125503, ''",
        "4.16.0-0.okd-scos-2024-08-01-132038, 4.16.0-0.okd-scos-2024-08-01-132038, ''",
        "4.16.20, 4.16.20, ''",
        "4.11.0-multi, 4.11.0, multi"
    })
    void release(String tag, String version, String suffix) {
        assertThat(ReleaseTag.parse(tag)).contains(new ReleaseTag(ReleaseVersion.parse(version), suffix));
        assertThat(ReleaseTag.parse(tag)).map(ReleaseTag::toString).contains(tag);
    }

    @ParameterizedTest
    @DisplayName("names none: signatures, digests, oddities")
    @ValueSource(
            strings = {
                "sha256-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "sha256-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef.sig",
                "latest",
                "4.16",
                "4.16-x86_64",
                "4.16.20-riscv64",
                "4.16.20-x86_64-priv",
                "4.11.0-multi-rc.6",
                "4.16.20-x86_64.sig",
                "4.16.20-aarch64-x86_64",
                "-x86_64",
                ""
            })
    void none(String tag) {
        assertThat(ReleaseTag.parse(tag)).isEmpty();
    }
}
