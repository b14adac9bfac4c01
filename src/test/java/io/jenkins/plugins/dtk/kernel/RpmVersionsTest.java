package io.jenkins.plugins.dtk.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Versions compare as rpm compares them")
class RpmVersionsTest {

    /** The facts of rpm's own suite (rpm-software-management/rpm tests/rpmvercmp.at), and some of kernels. */
    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = ' ',
            emptyValue = "",
            textBlock =
                    """
            1.0 = 1.0
            1.0 < 2.0
            2.0.1 = 2.0.1
            2.0 < 2.0.1
            2.0.1a = 2.0.1a
            2.0.1a > 2.0.1
            5.5p1 = 5.5p1
            5.5p1 < 5.5p2
            5.5p10 = 5.5p10
            5.5p1 < 5.5p10
            10xyz < 10.1xyz
            xyz10 = xyz10
            xyz10 < xyz10.1
            xyz.4 = xyz.4
            xyz.4 < 8
            xyz.4 < 2
            5.5p2 < 5.6p1
            5.6p1 < 6.5p1
            6.0.rc1 > 6.0
            10b2 > 10a1
            10a2 < 10b2
            1.0aa = 1.0aa
            1.0a < 1.0aa
            10.0001 = 10.1
            10.0001 < 10.0039
            4.999.9 < 5.0
            20101121 = 20101121
            20101121 < 20101122
            2_0 = 2_0
            2.0 = 2_0
            a = a
            a+ = a_
            +a = _a
            +_ = _+
            + = _
            1.0~rc1 = 1.0~rc1
            1.0~rc1 < 1.0
            1.0~rc1 < 1.0~rc2
            1.0~rc1~git123 = 1.0~rc1~git123
            1.0~rc1~git123 < 1.0~rc1
            1.0^ = 1.0^
            1.0^ > 1.0
            1.0^git1 = 1.0^git1
            1.0^git1 > 1.0
            1.0^git1 < 1.0^git2
            1.0^git1 < 1.01
            1.0^20160101 = 1.0^20160101
            1.0^20160101 < 1.0.1
            1.0^20160101^git1 = 1.0^20160101^git1
            1.0^20160102 > 1.0^20160101^git1
            1.0~rc1^git1 = 1.0~rc1^git1
            1.0~rc1^git1 > 1.0~rc1
            1.0^git1~pre = 1.0^git1~pre
            1.0^git1 > 1.0^git1~pre
            1b.fc17 = 1b.fc17
            1b.fc17 < 1.fc17
            1g.fc17 > 1.fc17
            1.1.α = 1.1.α
            1.1.α = 1.1.β
            1.1.αα = 1.1.α
            305.el8_4 < 305.el8_6
            305.el8_4 < 305.el8_10
            305.el8 < 305.el8_4
            305.el8_4 < 305.10.el7
            372.40.1.el8_6.iavf > 372.40.1.el8_6
            0.rc2.26.el10 < 9.el10
            99999999999999999999999999 > 99999999999999999999999998
            100000000000000000000000000 > 99999999999999999999999999
            """)
    void compares(String left, char sign, String right) {
        int expected = sign == '<' ? -1 : sign == '>' ? 1 : 0;

        assertThat(RpmVersions.compare(left, right)).isEqualTo(expected);
        assertThat(RpmVersions.compare(right, left)).isEqualTo(-expected);
    }
}
