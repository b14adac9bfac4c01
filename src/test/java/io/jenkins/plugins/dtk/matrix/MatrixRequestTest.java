package io.jenkins.plugins.dtk.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.RhelVersion;
import io.jenkins.plugins.dtk.kernel.Stream;
import io.jenkins.plugins.dtk.release.ReleaseRange;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What a user asks of the matrix")
class MatrixRequestTest {

    private static final ReleaseRange RANGE = ReleaseRange.parse(MatrixRequest.DEFAULT_RELEASES);

    private static MatrixRequest request(Set<Architecture> architectures, String channel) {
        return new MatrixRequest(RANGE, architectures, channel, BaseImagePattern.USUAL, true, false);
    }

    @ParameterizedTest(name = "{0} and RHEL {1} of {2}: {3}")
    @DisplayName("names base images by a pattern; by default UBI of the same minor, or CentOS Stream's own image")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                                                          | 8.4  | rhel-8    | registry.access.redhat.com/ubi8/ubi:8.4
            ' '                                           | 9.2  | rhel-9    | registry.access.redhat.com/ubi9/ubi:9.2
                                                          | 10.2 | rhel-10   | registry.access.redhat.com/ubi10/ubi:10.2
                                                          | 8    | rhel-8    | registry.access.redhat.com/ubi8/ubi:8
                                                          | 9    | centos-9  | quay.io/centos/centos:stream9
                                                          | 10   | centos-10 | quay.io/centos/centos:stream10
            mirror.example.com:5000/ubi{major}:{rhel}     | 9.6  | rhel-9    | mirror.example.com:5000/ubi9:9.6
            mirror.example.com/base/{stream}:{rhel}       | 9.6  | rhel-9    | mirror.example.com/base/rhel-9:9.6
            mirror.example.com/base/{stream}:{rhel}       | 9    | centos-9  | mirror.example.com/base/centos-9:9
            ' quay.io/acme/one-for-all:1 '                | 8.4  | rhel-8    | quay.io/acme/one-for-all:1
            """)
    void baseImages(String pattern, String rhel, String stream, String image) {
        assertThat(BaseImagePattern.parse(pattern).of(RhelVersion.parse(rhel), new Stream(stream)))
                .hasToString(image);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("is refused a pattern of base images that names none, before anything is read")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ubi9/ubi:{rhel}             | it names no registry
            quay.io/ubi:{minor}         | the placeholders are {major}, {rhel} and {stream}
            quay.io/ubi:{RHEL}          | the placeholders are {major}, {rhel} and {stream}
            quay.io/ubi:{}              | the placeholders are {major}, {rhel} and {stream}
            quay.io/ubi:{rhel           | is not a tag
            quay.io/ubi:$(id)           | is not a tag
            https://quay.io/ubi:{rhel}  | not an image reference
            """)
    void wrongPattern(String pattern, String why) {
        assertThatThrownBy(() -> BaseImagePattern.parse(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not a pattern of base images: '" + pattern + "' (")
                .hasMessageContaining(why)
                .hasMessageNotContainingAny("\n");
    }

    @Test
    @DisplayName("is for architectures by any of their names, in any list, and for two when none is named")
    void architectures() {
        assertThat(MatrixRequest.architectures(List.of())).containsExactly(Architecture.X86_64, Architecture.AARCH64);
        assertThat(MatrixRequest.architectures(List.of("aarch64"))).containsExactly(Architecture.AARCH64);
        assertThat(MatrixRequest.architectures(List.of("s390x, linux/amd64", "arm64", "aarch64")))
                .containsExactly(Architecture.X86_64, Architecture.AARCH64, Architecture.S390X);
        assertThatThrownBy(() -> MatrixRequest.architectures(List.of("x86_64,sparc")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown architecture 'sparc': use one of x86_64, aarch64, ppc64le, s390x");
    }

    @ParameterizedTest(name = "''{0}''")
    @DisplayName("is refused where a part of a list of architectures is empty")
    @ValueSource(strings = {"x86_64,,arm64", "x86_64,", ",x86_64", ",", " "})
    void emptyPart(String list) {
        assertThatThrownBy(() -> MatrixRequest.architectures(List.of(list)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a list: '" + list + "' (a part is empty)");
    }

    @Test
    @DisplayName("is refused without an architecture")
    void noArchitecture() {
        assertThatThrownBy(() -> request(Set.of(), "candidate"))
                .hasMessage("no architecture is wanted: name at least one, such as x86_64");
    }

    @ParameterizedTest
    @DisplayName("is for one of the update graph's channels")
    @ValueSource(strings = {"candidate", "fast", "stable", "eus"})
    void channels(String channel) {
        assertThat(request(Set.of(Architecture.X86_64), channel).channel()).isEqualTo(channel);
    }

    @ParameterizedTest(name = "''{0}''")
    @DisplayName("is refused another channel, with the ones there are")
    @ValueSource(strings = {"", "candidate-4.16", "Stable", "nightly", "fast&arch=multi", "stable\n"})
    void wrongChannels(String channel) {
        assertThatThrownBy(() -> request(Set.of(Architecture.X86_64), channel))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not a channel: '")
                .hasMessageEndingWith("(use one of candidate, fast, stable, eus)")
                .hasMessageNotContainingAny("\n");
    }

    @Test
    @DisplayName("has architectures that do not change with the caller's set")
    void copies() {
        Set<Architecture> mutable = new HashSet<>(Arrays.asList(Architecture.S390X, Architecture.X86_64));
        MatrixRequest request = request(mutable, "stable");
        mutable.clear();

        assertThat(request.architectures()).containsExactly(Architecture.X86_64, Architecture.S390X);
    }
}
