package io.jenkins.plugins.dtk.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

@Label("Whatever the text, kernel versions")
class KernelPropertiesTest {

    @Provide
    Arbitrary<String> kernels() {
        Arbitrary<String> epochs = Arbitraries.of("", "", "", "0:", "1:", "12:");
        Arbitrary<String> versions = Arbitraries.of("4.18.0", "5.14.0", "5.14.00", "6.12.0", "6.12.10");
        Arbitrary<String> releases = Arbitraries.of("305", "305.40.1", "284.011.1", "0.rc2.26", "1", "9");
        Arbitrary<String> realTimes = Arbitraries.of("", "", "", ".rt7.121", ".rt14.330");
        Arbitrary<String> marks = Arbitraries.of(".el8", ".el8_4", ".el8_10", ".el9_2", ".el10", ".el10_2", ".scos9");
        Arbitrary<String> fixes = Arbitraries.of("", "", "", ".iavf.bz2149746", ".ice_lag", ".1");
        Arbitrary<String> architectures = Arbitraries.of("", ".x86_64", ".aarch64", ".s390x", ".ppc64le");
        Arbitrary<String> flavours = Arbitraries.of("", "", "+rt", "+64k");
        return Combinators.combine(epochs, versions, releases, realTimes, marks, fixes, architectures, flavours)
                .as((e, v, r, rt, mark, fix, a, f) -> e + v + "-" + r + rt + mark + fix + a + f)
                .filter(KernelPropertiesTest::isShipped);
    }

    /** Real-time kernels are for x86_64, 64 KiB pages for aarch64, and no kernel is both. */
    private static boolean isShipped(String text) {
        boolean realTime = text.contains(".rt") || text.endsWith("+rt");
        boolean large = text.endsWith("+64k");
        boolean power = text.contains(".s390x") || text.contains(".ppc64le");
        return !(realTime && (large || power || text.contains(".aarch64")))
                && !(large && (power || text.contains(".x86_64")));
    }

    /** Texts near the form, so that every branch of the reader is met, and texts of anything. */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> near = Arbitraries.strings()
                .withChars("0123456789.-_~^+:elxrtsco86k \n\u0085\u2028\u0661")
                .ofMaxLength(60);
        Arbitrary<String> spoiled = Combinators.combine(
                        kernels(), near, Arbitraries.integers().between(0, 40))
                .as((kernel, text, at) -> {
                    int cut = Math.min(at, kernel.length());
                    return kernel.substring(0, cut) + text + kernel.substring(cut);
                });
        return Arbitraries.oneOf(near, spoiled, Arbitraries.strings().ofMaxLength(300));
    }

    @Property
    @Label("are read or refused in one short line, and nothing else happens")
    void refusals(@ForAll("texts") String text) {
        try {
            KernelVersion kernel = KernelVersion.parse(text);
            assertThat(kernel.rhel()).isNotNull();
            assertThat(kernel.tag(Architecture.AARCH64)).matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).hasSizeLessThan(350).doesNotContainPattern("[\\p{Cc}\\p{Zl}\\p{Zp}]");
        }
    }

    @Property
    @Label("print so that they are read as the same, apart from the epoch that uname does not know")
    void roundTrip(@ForAll("kernels") String text) {
        KernelVersion kernel = KernelVersion.parse(text);
        KernelVersion again = KernelVersion.parse(kernel.toString());

        assertThat(again.withoutArchitecture()).isEqualTo(kernel.withoutArchitecture());
        assertThat(again.architecture()).isEqualTo(kernel.architecture());
        assertThat(again.flavour()).isEqualTo(kernel.flavour());
        assertThat(again).hasToString(kernel.toString());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Label("have one order: of two unequal ones, one is the smaller; equal ones share a hash")
    void order(@ForAll("kernels") String left, @ForAll("kernels") String right) {
        KernelVersion l = KernelVersion.parse(left);
        KernelVersion r = KernelVersion.parse(right);

        assertThat(Integer.signum(l.compareTo(r))).isEqualTo(-Integer.signum(r.compareTo(l)));
        assertThat(l.compareTo(r) == 0).isEqualTo(l.equals(r));
        if (l.equals(r)) {
            assertThat(l).hasSameHashCodeAs(r).hasToString(r.toString());
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Label("have an order without circles")
    void transitive(@ForAll("kernels") String a, @ForAll("kernels") String b, @ForAll("kernels") String c) {
        KernelVersion[] sorted = {KernelVersion.parse(a), KernelVersion.parse(b), KernelVersion.parse(c)};
        Arrays.sort(sorted);

        assertThat(sorted[0]).isLessThanOrEqualTo(sorted[1]).isLessThanOrEqualTo(sorted[2]);
        assertThat(sorted[1]).isLessThanOrEqualTo(sorted[2]);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Label("compare without an exception, antisymmetrically, for any two texts")
    void rpm(@ForAll("texts") String left, @ForAll("texts") String right) {
        assertThat(RpmVersions.compare(left, right)).isEqualTo(-RpmVersions.compare(right, left));
        assertThat(RpmVersions.compare(left, left)).isZero();
    }

    @Property
    @Label("and node OS builds and RHEL versions are read or refused likewise")
    void others(@ForAll("texts") String text) {
        RhelVersion.ofNodeOsBuild(text)
                .ifPresent(rhel -> assertThat(rhel.major()).isBetween(0, 99));
        try {
            assertThat(RhelVersion.parse(text)).isNotNull();
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).hasSizeLessThan(350).doesNotContainPattern("[\\p{Cc}\\p{Zl}\\p{Zp}]");
        }
    }
}
