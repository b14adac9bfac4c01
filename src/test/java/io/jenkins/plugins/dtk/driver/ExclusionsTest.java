package io.jenkins.plugins.dtk.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A kernel that is left out")
class ExclusionsTest {

    @ParameterizedTest(name = "{0} leaves out {1}: {2}")
    @DisplayName("is one of uname -r, or one of all architectures, or of all flavours too")
    @CsvSource({
        "5.14.0-427.61.1.el9_4.x86_64, 5.14.0-427.61.1.el9_4.x86_64, true",
        "5.14.0-427.61.1.el9_4.x86_64, 5.14.0-427.61.1.el9_4.x86_64+rt, false",
        "5.14.0-427.61.1.el9_4.x86_64, 5.14.0-427.61.1.el9_4.aarch64, false",
        "5.14.0-427.61.1.el9_4.x86_64+rt, 5.14.0-427.61.1.el9_4.x86_64+rt, true",
        "5.14.0-427.61.1.el9_4+64k, 5.14.0-427.61.1.el9_4.aarch64+64k, true",
        "5.14.0-427.61.1.el9_4+64k, 5.14.0-427.61.1.el9_4.aarch64, false",
        "5.14.0-427.61.1.el9_4, 5.14.0-427.61.1.el9_4.aarch64+64k, true",
        "5.14.0-427.61.1.el9_4, 5.14.0-427.62.1.el9_4.x86_64, false",
        "4.18.0-305.40.1.rt7.112.el8_4.x86_64, 4.18.0-305.40.1.rt7.112.el8_4.x86_64, true"
    })
    void kernels(String named, String kernel, boolean leftOut) {
        assertThat(new Exclusions(Map.of(named, "old")).of(DriverTarget.parse(kernel)))
                .isEqualTo(leftOut ? Optional.of("old") : Optional.empty());
    }
}
