package io.jenkins.plugins.dtk.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.release.ReleaseVersion.Minor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A range of releases")
class ReleaseRangeTest {

    @ParameterizedTest(name = "{0} wants {1}, not {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            4.12+                | 4.12.0 4.12.86 4.16.20 4.23.1 5.0.0 5.10.3    | 4.11.58 3.11.0 4.12.0-rc.1 4.16.0-ec.3
            4.12 +               | 4.12.0                                        | 4.11.58
            4.12-4.16            | 4.12.0 4.14.9 4.16.50                         | 4.11.58 4.17.0 4.16.0-rc.1
            4.12 - 4.16          | 4.12.0 4.16.50                                | 4.17.0
            4.22-5.1             | 4.22.0 4.23.9 4.99.0 5.0.1 5.1.0              | 4.21.9 5.2.0
            4.14                 | 4.14.0 4.14.99                                | 4.13.9 4.15.0 4.14.0-rc.1 4.140.0
            5.0                  | 5.0.0                                         | 4.23.0 5.1.0
            4.14.3               | 4.14.3                                        | 4.14.4 4.14.3-rc.1
            4.22.0-rc.1          | 4.22.0-rc.1                                   | 4.22.0-rc.2 4.22.0
            4.8, 4.14.3 ,4.16-4.17 | 4.8.2 4.14.3 4.16.1 4.17.0                  | 4.14.4 4.15.0
            4.19                 | 4.19.0-okd-scos.1                             | 4.19.0-okd-scos.ec.3
            4.15+,4.22.0-ec.1    | 4.22.0-ec.1 4.15.0                            | 4.22.0-ec.2
            """)
    void contains(String text, String wanted, String unwanted) {
        ReleaseRange range = ReleaseRange.parse(text);

        assertThat(wanted.split(" ")).allSatisfy(version -> assertThat(range.contains(ReleaseVersion.parse(version)))
                .isTrue());
        assertThat(unwanted.split(" ")).allSatisfy(version -> assertThat(range.contains(ReleaseVersion.parse(version)))
                .isFalse());
        assertThat(range).hasToString(text.strip());
    }

    @Test
    @DisplayName("takes candidates of its lines in on request, but none of other lines")
    void preReleases() {
        ReleaseRange range = ReleaseRange.parse("4.16,4.18.1").withPreReleases();

        assertThat(range.contains(ReleaseVersion.parse("4.16.0-ec.1"))).isTrue();
        assertThat(range.contains(ReleaseVersion.parse("4.16.0-rc.1"))).isTrue();
        assertThat(range.contains(ReleaseVersion.parse("4.16.3"))).isTrue();
        assertThat(range.contains(ReleaseVersion.parse("4.17.0-rc.1"))).isFalse();
        assertThat(range.contains(ReleaseVersion.parse("4.18.0-rc.1"))).isFalse();
    }

    @ParameterizedTest(name = "''{0}'': {1}")
    @DisplayName("that is malformed is refused in one line with the part that is wrong and the forms there are")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ''              | a part is empty
            ' '             | a part is empty
            ','             | a part is empty
            '4.12,'         | a part is empty
            '+'             | a part is empty
            '-'             | a part is empty
            '4.12-'         | a part is empty
            '-4.12'         | a part is empty
            '4'             | '4' is no release line
            '4.x'           | '4.x' is no release line
            '4.016'         | '4.016' is no release line
            '4.12-4.016'    | '4.016' is no release line
            '04.16+'        | '04.16' is no release line
            '4.16.020'      | '4.16.020' is no release line
            'latest'        | 'latest' is no release line
            '4.12++'        | '4.12+' is no release line
            '4.12+4.13'     | '4.12+4.13' is no release line
            '>=4.12'        | '>=4.12' is no release line
            '4.12.3+'       | '4.12.3' is no release line
            '4.12.3-'       | '4.12.3' is no release line
            '4.12-4.14.3'   | '4.14.3' is no release line
            '4.12.0-4.12.9' | '4.12.0-4.12.9' names single releases; only lines have ranges
            '4.12.0-4.13'   | '4.12.0-4.13' names single releases; only lines have ranges
            '4.16-4.12'     | '4.16-4.12' ends before it starts
            '5.0-4.12'      | '5.0-4.12' ends before it starts
            '4.1234'        | '4.1234' is no release line
            '4.12 4.13'     | '4.12 4.13' is no release line
            '4.12;id'       | '4.12;id' is no release line
            """)
    void malformed(String text, String why) {
        assertThatThrownBy(() -> ReleaseRange.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a range of releases: '" + text + "' (" + why
                        + "; write 4.12+, 4.12-4.16, 4.14, 4.14.3 or a comma list of these)");
    }

    @Test
    @DisplayName("that is malformed is quoted short and on one line, whatever it is")
    void malformedText() {
        assertThatThrownBy(() -> ReleaseRange.parse("4.12\n4.13")).hasMessageContaining("'4.12 4.13'");
        assertThatThrownBy(() -> ReleaseRange.parse("x".repeat(100_000)))
                .message()
                .hasSizeLessThan(600);
    }

    @ParameterizedTest(name = "{0}: {1}, found {2} -> {3}")
    @DisplayName("asks the update graph for all its lines at once, and beyond the newest as long as there are any")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            4.12-4.14     | 4.12 4.13 4.14                                | 4.14       |
            4.14          | 4.14                                          |            |
            4.21+         | 4.21 4.22 4.23 4.24 4.25 4.26 5.0 5.1 5.2 5.3 5.4 | 4.21 4.22 5.0 5.1 |
            4.21+         | 4.21 4.22 4.23 4.24 4.25 4.26 5.0 5.1 5.2 5.3 5.4 | 4.24      | 4.27 4.28 4.29
            4.21+         | 4.21 4.22 4.23 4.24 4.25 4.26 5.0 5.1 5.2 5.3 5.4 | 4.26 5.4  | 4.27 4.28 4.29 5.5 5.6 5.7
            4.21+         | 4.21 4.22 4.23 4.24 4.25 4.26 5.0 5.1 5.2 5.3 5.4 | 5.2       | 5.5 5.6 5.7
            5.0+          | 5.0 5.1 5.2 5.3 5.4                           | 5.0 5.4    | 5.5 5.6 5.7
            4.22-5.0      | 4.22 4.23 4.24 4.25 4.26 5.0                  | 4.22       |
            4.22-5.0      | 4.22 4.23 4.24 4.25 4.26 5.0                  | 4.26 5.0   | 4.27 4.28 4.29
            4.14.3        | 4.14                                          | 4.14       |
            4.14.3,4.16   | 4.14 4.16                                     |            |
            4.30          | 4.30                                          |            |
            4.29-4.31     | 4.29 4.30 4.31                                |            |
            4.30+         | 4.30 4.31 4.32 4.33 5.0 5.1 5.2 5.3 5.4       | 4.32       | 4.34 4.35 4.36
            5.9+          | 5.9 5.10 5.11 5.12                            | 5.9        |
            5.9+          | 5.9 5.10 5.11 5.12                            | 5.10       | 5.13 5.14 5.15
            6.0           | 6.0                                           |            |
            4.30.1        | 4.30                                          |            |
            """)
    void asks(String text, String asked, String found, String next) {
        ReleaseRange range = ReleaseRange.parse(text);
        List<Minor> first = GraphLines.first(range);

        assertThat(first).containsExactlyInAnyOrderElementsOf(lines(asked));
        assertThat(GraphLines.next(range, first, releases(found))).containsExactlyInAnyOrderElementsOf(lines(next));
    }

    @Test
    @DisplayName("is followed to lines that no one knew of, and ends where three lines in a row are empty")
    void continues() {
        ReleaseRange range = ReleaseRange.parse("4.22+");
        List<Minor> shipped = lines("4.22 4.23 4.25 4.28 4.30 5.0 5.2 5.5");
        List<Minor> asked = new ArrayList<>();

        for (List<Minor> lines = GraphLines.first(range); !lines.isEmpty(); ) {
            asked.addAll(lines);
            List<Minor> there = lines.stream().filter(shipped::contains).toList();
            lines = GraphLines.next(
                    range, lines, there.stream().map(ReleaseRangeTest::release).toList());
        }

        assertThat(asked).doesNotHaveDuplicates().containsAll(shipped);
        assertThat(asked.stream()
                        .filter(line -> line.major() == 4)
                        .map(Minor::minor)
                        .toList())
                .contains(33)
                .allSatisfy(minor -> assertThat(minor).isLessThan(40));
    }

    private static List<Minor> lines(String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split(" "))
                        .map(line -> ReleaseVersion.parse(line + ".0").line())
                        .toList();
    }

    private static List<Release> releases(String lines) {
        return lines(lines).stream().map(ReleaseRangeTest::release).toList();
    }

    private static Release release(Minor line) {
        return new Release(
                ReleaseVersion.parse(line + ".1"),
                Architecture.X86_64,
                ImageReference.parse("quay.io/openshift-release-dev/ocp-release"));
    }
}
