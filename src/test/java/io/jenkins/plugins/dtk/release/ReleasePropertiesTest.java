package io.jenkins.plugins.dtk.release;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

@Label("Whatever the text, release versions")
class ReleasePropertiesTest {

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> near =
                Arbitraries.strings().withChars("0123456789.-erckdo+, \n\u2028").ofMaxLength(40);
        Arbitrary<String> close = near.map(text -> "4.16.0-" + text);
        return Arbitraries.oneOf(near, close, Arbitraries.strings().ofMaxLength(300));
    }

    @Property
    @Label("and ranges are read or refused in one short line")
    void anyText(@ForAll("texts") String text) {
        try {
            assertThat(ReleaseVersion.parse(ReleaseVersion.parse(text).toString()))
                    .isEqualTo(ReleaseVersion.parse(text));
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).hasSizeLessThan(300).doesNotContainPattern("[\\p{Cc}\\p{Zl}\\p{Zp}]");
        }
        ReleaseTag.parse(text).ifPresent(tag -> assertThat(tag).hasToString(text));
        try {
            assertThat(ReleaseRange.parse(text)).isNotNull();
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).hasSizeLessThan(600).doesNotContainPattern("[\\p{Cc}\\p{Zl}\\p{Zp}]");
        }
    }

    @Provide
    Arbitrary<String> candidates() {
        return Arbitraries.of("", "-rc", "-ec", "-okd-scos", "-0", "-1", "-01", "-9999999999999999999")
                .flatMap(head -> Arbitraries.of("", ".0", ".1", ".01", ".10", ".a", ".a-b", ".1.1")
                        .map(tail -> "4.16.0" + head + (head.isEmpty() ? "" : tail)));
    }

    @Property
    @Label("have one order: antisymmetric, without circles, equal only to themselves")
    void order(@ForAll("candidates") String a, @ForAll("candidates") String b, @ForAll("candidates") String c) {
        ReleaseVersion left = ReleaseVersion.parse(a);
        ReleaseVersion right = ReleaseVersion.parse(b);
        ReleaseVersion third = ReleaseVersion.parse(c);

        assertThat(Integer.signum(left.compareTo(right))).isEqualTo(-Integer.signum(right.compareTo(left)));
        assertThat(left.compareTo(right) == 0).isEqualTo(left.equals(right));
        if (left.compareTo(right) <= 0 && right.compareTo(third) <= 0) {
            assertThat(left).isLessThanOrEqualTo(third);
        }
    }
}
