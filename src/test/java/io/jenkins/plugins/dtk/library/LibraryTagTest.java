package io.jenkins.plugins.dtk.library;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A tag is of the library's form")
class LibraryTagTest {

    @ParameterizedTest(name = "{0}")
    @DisplayName("when it is a kernel, or a kernel and an architecture")
    @CsvSource({
        "4.18.0-305.40.1.el8_4, 4.18.0-305.40.1.el8_4, false",
        "4.18.0-305.40.1.el8_4.x86_64, 4.18.0-305.40.1.el8_4, true",
        "4.18.0-425.el8.s390x, 4.18.0-425.el8, true",
        "6.12.0-211.47.1.el10_2.aarch64, 6.12.0-211.47.1.el10_2, true",
        "5.14.0-552.el9, 5.14.0-552.el9, false",
        "5.14.0-552.scos9.ppc64le, 5.14.0-552.scos9, true",
    })
    void own(String tag, String kernel, boolean single) {
        assertThat(LibraryTag.parse(tag)).hasValueSatisfying(own -> {
            assertThat(own.kernel().nvr()).isEqualTo(kernel);
            assertThat(own.architecture().isPresent()).isEqualTo(single);
        });
    }

    @ParameterizedTest
    @DisplayName("and in no other case, however near")
    @ValueSource(
            strings = {
                "latest",
                "4.16.20",
                "4.16.20-x86_64",
                "5.14.0-427.61.1.el9_4.x86_64-debug",
                "5.14.0-427.61.1.el9_4.x86_64_rt",
                "5.14.0-427.61.1.el9_4_backup",
                "5.14.0-427.61.1.el9_4.riscv64",
                "v5.14.0-427.61.1.el9_4",
                "4.18.0-305.49.1.rt7.121.el8_4",
                "4.18.0-372.40.1.el8_6.iavf.bz2149746",
                "5.14.0-427.61.1.fc40",
                "sha256-0123456789abcdef.sig",
                "5.14.0-427.61.1",
            })
    void foreign(String tag) {
        assertThat(LibraryTag.parse(tag)).isEmpty();
    }
}
