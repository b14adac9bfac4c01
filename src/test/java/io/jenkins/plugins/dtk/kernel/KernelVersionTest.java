package io.jenkins.plugins.dtk.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dtk.testing.TableText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A kernel's version")
class KernelVersionTest {

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("is read in every form that RPM, uname and node OS images write")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
            # what                          | text                                               | NVR                                         | arch    | flavour   | RHEL
            RHEL 8.4                        | 4.18.0-305.40.1.el8_4.x86_64                       | 4.18.0-305.40.1.el8_4                       | x86_64  | STANDARD  | 8.4
            without architecture            | 4.18.0-305.40.1.el8_4                              | 4.18.0-305.40.1.el8_4                       | -       | STANDARD  | 8.4
            RHEL 8.6                        | 4.18.0-372.26.1.el8_6.x86_64                       | 4.18.0-372.26.1.el8_6                       | x86_64  | STANDARD  | 8.6
            RHEL 8.10, a minor of two digits | 4.18.0-553.16.1.el8_10.x86_64                     | 4.18.0-553.16.1.el8_10                      | x86_64  | STANDARD  | 8.10
            RHEL 9.2                        | 5.14.0-284.59.1.el9_2.x86_64                       | 5.14.0-284.59.1.el9_2                       | x86_64  | STANDARD  | 9.2
            RHEL 9.2 on arm                 | 5.14.0-284.40.1.el9_2.aarch64                      | 5.14.0-284.40.1.el9_2                       | aarch64 | STANDARD  | 9.2
            RHEL 9.2 on Power               | 5.14.0-284.25.1.el9_2.ppc64le                      | 5.14.0-284.25.1.el9_2                       | ppc64le | STANDARD  | 9.2
            RHEL 9.2 on Z                   | 5.14.0-284.25.1.el9_2.s390x                        | 5.14.0-284.25.1.el9_2                       | s390x   | STANDARD  | 9.2
            RHEL 9.4                        | 5.14.0-427.130.1.el9_4.x86_64                      | 5.14.0-427.130.1.el9_4                      | x86_64  | STANDARD  | 9.4
            RHEL 9.6                        | 5.14.0-570.124.1.el9_6.x86_64                      | 5.14.0-570.124.1.el9_6                      | x86_64  | STANDARD  | 9.6
            RHEL 9.8                        | 5.14.0-687.48.1.el9_8.x86_64                       | 5.14.0-687.48.1.el9_8                       | x86_64  | STANDARD  | 9.8
            RHEL 10.0                       | 6.12.0-55.9.1.el10_0.x86_64                        | 6.12.0-55.9.1.el10_0                        | x86_64  | STANDARD  | 10.0
            RHEL 10.2                       | 6.12.0-211.47.1.el10_2.x86_64                      | 6.12.0-211.47.1.el10_2                      | x86_64  | STANDARD  | 10.2
            RHEL 10.10, should it come      | 6.12.0-999.1.1.el10_10.s390x                       | 6.12.0-999.1.1.el10_10                      | s390x   | STANDARD  | 10.10
            RHEL 8.7 GA, mark without minor | 4.18.0-425.3.1.el8.x86_64                          | 4.18.0-425.3.1.el8                          | x86_64  | STANDARD  | 8
            an early 8.5                    | 4.18.0-341.el8                                     | 4.18.0-341.el8                              | -       | STANDARD  | 8
            RHEL 9 GA                       | 5.14.0-70.el9.aarch64                              | 5.14.0-70.el9                               | aarch64 | STANDARD  | 9
            CentOS Stream 9                 | 5.14.0-552.el9                                     | 5.14.0-552.el9                              | -       | STANDARD  | 9
            CentOS Stream 9, in full        | 5.14.0-522.el9.x86_64                              | 5.14.0-522.el9                              | x86_64  | STANDARD  | 9
            CentOS Stream 10                | 6.12.0-233.el10.x86_64                             | 6.12.0-233.el10                             | x86_64  | STANDARD  | 10
            release candidate of CentOS     | 6.12.0-0.rc2.20241009git75b607fab38d.26.el10       | 6.12.0-0.rc2.20241009git75b607fab38d.26.el10 | -      | STANDARD  | 10
            built for SCOS                  | 5.14.0-552.scos9.x86_64                            | 5.14.0-552.scos9                            | x86_64  | STANDARD  | 9
            built for SCOS, with minor      | 5.14.0-552.1.scos9_4                               | 5.14.0-552.1.scos9_4                        | -       | STANDARD  | 9.4
            rt of RHEL 8.4                  | 4.18.0-305.49.1.rt7.121.el8_4.x86_64               | 4.18.0-305.49.1.rt7.121.el8_4               | x86_64  | RT        | 8.4
            rt of RHEL 8.7 GA               | 4.18.0-425.3.1.rt7.213.el8                         | 4.18.0-425.3.1.rt7.213.el8                  | -       | RT        | 8
            rt of RHEL 9.2                  | 5.14.0-284.45.1.rt14.330.el9_2.x86_64              | 5.14.0-284.45.1.rt14.330.el9_2              | x86_64  | RT        | 9.2
            rt of RHEL 9.2, with its suffix | 5.14.0-284.45.1.rt14.330.el9_2.x86_64+rt           | 5.14.0-284.45.1.rt14.330.el9_2              | x86_64  | RT        | 9.2
            rt since RHEL 9.3               | 5.14.0-427.26.1.el9_4.x86_64+rt                    | 5.14.0-427.26.1.el9_4                       | x86_64  | RT        | 9.4
            rt without architecture         | 5.14.0-427.26.1.el9_4+rt                           | 5.14.0-427.26.1.el9_4                       | -       | RT        | 9.4
            rt of RHEL 10                   | 6.12.0-211.47.1.el10_2.x86_64+rt                   | 6.12.0-211.47.1.el10_2                      | x86_64  | RT        | 10.2
            64k pages                       | 5.14.0-284.41.1.el9_2.aarch64+64k                  | 5.14.0-284.41.1.el9_2                       | aarch64 | PAGES_64K | 9.2
            64k pages of RHEL 10            | 6.12.0-211.47.1.el10_2.aarch64+64k                 | 6.12.0-211.47.1.el10_2                      | aarch64 | PAGES_64K | 10.2
            epoch                           | 0:5.14.0-570.27.1.el9_6.x86_64                     | 5.14.0-570.27.1.el9_6                       | x86_64  | STANDARD  | 9.6
            epoch, in extensions.json       | 1:5.14.0-570.27.1.el9_6.aarch64                    | 5.14.0-570.27.1.el9_6                       | aarch64 | STANDARD  | 9.6
            hot fix with bug numbers        | 4.18.0-372.40.1.el8_6.iavf.bz2149746.bz2152493     | 4.18.0-372.40.1.el8_6.iavf.bz2149746.bz2152493 | -    | STANDARD  | 8.6
            hot fix with an underscore      | 4.18.0-372.49.1.el8_6.ice_lag_sriov.x86_64         | 4.18.0-372.49.1.el8_6.ice_lag_sriov         | x86_64  | STANDARD  | 8.6
            hot fix of an rt kernel         | 4.18.0-305.49.1.rt7.121.el8_4.bz1999.x86_64        | 4.18.0-305.49.1.rt7.121.el8_4.bz1999        | x86_64  | RT        | 8.4
            hot fix, rt by suffix           | 5.14.0-427.26.1.el9_4.test1.x86_64+rt              | 5.14.0-427.26.1.el9_4.test1                 | x86_64  | RT        | 9.4
            hot fix that names another mark | 5.14.0-427.26.1.el9_4.from.el9_2                   | 5.14.0-427.26.1.el9_4.from.el9_2            | -       | STANDARD  | 9.4
            """)
    void isRead(String what, String text, String nvr, String architecture, KernelFlavour flavour, String rhel) {
        KernelVersion kernel = KernelVersion.parse(text);

        assertThat(kernel.nvr()).isEqualTo(nvr);
        assertThat(kernel.architecture().map(Architecture::rpmName).orElse(null))
                .isEqualTo(architecture);
        assertThat(kernel.flavour()).isEqualTo(flavour);
        assertThat(kernel.rhel()).hasToString(rhel);
        assertThat(kernel.withoutArchitecture()).hasToString(nvr);
        assertThat(KernelVersion.parse(kernel.toString()).nvr()).isEqualTo(nvr);
        assertThat(KernelVersion.isKernelVersion(text)).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("is refused in one line when it is none, or one that RHEL CoreOS does not ship")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            the label of 4.22 and later                | true | expected a form like
            what rpm prints                            | package kernel-rt-core is not installed | expected a form like
            nothing                                    | `` | expected a form like
            a blank                                    | ` ` | expected a form like
            a version of two numbers                   | 6.12-1.el10 | expected a form like
            a version of four numbers                  | 2.6.32.1-1.el6 | expected a form like
            a tilde, which no tag holds                | 6.13.0-0~rc1.1.el10 | expected a form like
            a caret, which no tag holds                | 6.13.0-1^20250101.el10 | expected a form like
            a release that begins with a letter        | 6.13.0-rc1.el10 | expected a form like
            a release beyond all measure               | 6.13.0-1.el10.(x)*80 | expected a form like
            a version alone                            | 5.14.0 | expected a form like
            a package's name                           | kernel-5.14.0-284.11.1.el9_2.x86_64 | expected a form like
            a debug kernel                             | 5.14.0-284.11.1.el9_2.x86_64+debug | +debug is not a kernel
            a debug kernel of 64k pages                | 5.14.0-284.11.1.el9_2.aarch64+64k-debug | +64k-debug is not a kernel that RHEL CoreOS ships: it is a debug kernel
            a debug kernel of the real-time ones       | 5.14.0-427.61.1.el9_4.x86_64+rt-debug | +rt-debug is not a kernel that RHEL CoreOS ships: it is a debug kernel
            real time with 64k pages                   | 5.14.0-570.122.1.el9_6.aarch64+rt-64k | a real-time kernel with 64 KiB pages, and real-time kernels are for x86_64 only
            real time with 64k pages, as RPM writes it | 5.14.0-687.el9.aarch64+rt_64k | a real-time kernel with 64 KiB pages
            real time on arm                           | 5.14.0-427.61.1.el9_4.aarch64+rt | RHEL CoreOS ships real-time kernels for x86_64 only, not for aarch64
            real time on Power, by its release         | 4.18.0-305.49.1.rt7.121.el8_4.ppc64le | RHEL CoreOS ships real-time kernels for x86_64 only, not for ppc64le
            64k pages where there are none             | 5.14.0-427.61.1.el9_4.x86_64+64k | RHEL CoreOS ships kernels with 64 KiB pages for aarch64 only, not for x86_64
            a + at the end                             | 5.14.0-284.11.1.el9_2.x86_64+ | the + at its end marks a kernel that somebody built from changed source
            an unknown flavour                         | 5.14.0-284.11.1.el9_2.x86_64+zfcpdump | +zfcpdump is not a kernel
            half a flavour                             | 5.14.0-284.11.1.el9_2.x86_64+rt- | +rt- is not a kernel
            Fedora CoreOS, of OKD before 4.16          | 6.5.6-200.fc38.x86_64 | it is Fedora's: OKD before 4.16 runs on Fedora CoreOS
            Fedora ELN                                 | 6.11.0-0.rc5.43.eln142.x86_64 | Fedora ELN
            a debug kernel of RHEL 7                   | 3.10.0-1160.el7.x86_64.debug | .x86_64 is no part of a release
            Oracle's UEK                               | 5.4.17-2136.300.7.el8uek.x86_64 | it is Oracle's UEK
            Fedora                                     | 6.9.7-200.fc40.x86_64 | names no distribution
            Ubuntu                                     | 5.15.0-91-generic | expected a form like
            no mark                                    | 5.14.0-284.11.1.x86_64 | names no distribution
            a mark without a dot                       | 5.14.0-284el9 | names no distribution
            a mark without a number                    | 5.14.0-284.el.x86_64 | names no distribution
            a mark with letters behind                 | 5.14.0-284.el9_2a.x86_64 | names no distribution
            a major of no RHEL                         | 5.14.0-284.el100.x86_64 | names no distribution
            a 32-bit kernel                            | 5.14.0-284.11.1.el9_2.i686 | i686
            an architecture that is not shipped        | 6.12.0-55.el10_0.riscv64 | riscv64
            a source package                           | 5.14.0-284.11.1.el9_2.src | src
            a package for any architecture             | 5.14.0-284.11.1.el9_2.noarch | noarch
            two architectures                          | 5.14.0-284.11.1.el9_2.x86_64.aarch64 | x86_64
            a newline                                  | 5.14.0-284.11.1.el9_2.x86_64␊ | expected a form like
            a second line                              | 5.14.0-284.11.1.el9_2␊RUN evil | expected a form like
            a carriage return                          | 5.14.0-284.11.1.el9_2␍ | expected a form like
            Unicode's line separator                   | 5.14.0-284.11.1.el9_2\u2028 | expected a form like
            a space in front                           | ` 5.14.0-284.11.1.el9_2` | expected a form like
            a tab                                      | 5.14.0-284.11.1.el9_2␉.x86_64 | expected a form like
            a command                                  | 5.14.0-284.11.1.el9_2;reboot | expected a form like
            a substitution                             | 5.14.0-284.$(id).el9_2 | expected a form like
            backticks                                  | `5.14.0-284.``id``.el9_2` | expected a form like
            a quote                                    | 5.14.0-284.11.1.el9_2' | expected a form like
            a path                                     | 5.14.0-284/../../etc.el9_2 | expected a form like
            another script's digits                    | \u0665.\u0661\u0664.0-284.el9_2 | expected a form like
            a NUL                                      | 5.14.0-284.11.1.el9_2␀ | expected a form like
            an epoch without end                       | (9)*40:5.14.0-1.el9 | expected a form like
            too long                                   | 5.14.0-(1.)*60el9_2 | expected a form like
            """)
    void isRefused(String what, String cell, String why) {
        String text = TableText.of(cell);
        assertThatThrownBy(() -> KernelVersion.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> assertThat(e.getMessage())
                        .startsWith("not a kernel version: '")
                        .contains(why)
                        .hasSizeLessThan(300)
                        .doesNotContainPattern("[\\p{Cc}\\u2028]"));
        assertThat(KernelVersion.isKernelVersion(text)).isFalse();
    }

    @Test
    @DisplayName("orders as RPM orders packages, so that the newest kernel is the last")
    void ordersAsRpm() {
        List<KernelVersion> ascending = Stream.of(
                        "4.18.0-80.el8",
                        "4.18.0-305.10.2.el8_4",
                        "4.18.0-305.10.2.el8_4.aarch64",
                        "4.18.0-305.10.2.el8_4.x86_64",
                        "4.18.0-305.10.2.rt7.83.el8_4",
                        "4.18.0-305.19.1.el8_4",
                        "4.18.0-372.9.1.el8",
                        "4.18.0-372.9.1.el8_6",
                        "4.18.0-372.40.1.el8_6",
                        "4.18.0-372.40.1.el8_6.iavf.bz2149746",
                        "4.18.0-372.100.1.el8_6",
                        "5.14.0-70.13.1.el9_0",
                        "5.14.0-284.9.1.el9_2",
                        "5.14.0-284.11.1.el9_2",
                        "5.14.0-427.26.1.el9_4",
                        "5.14.0-427.26.1.el9_4.aarch64",
                        "5.14.0-427.26.1.el9_4.aarch64+64k",
                        "5.14.0-427.26.1.el9_4.x86_64",
                        "5.14.0-427.26.1.el9_4.x86_64+rt",
                        "5.14.0-552.el9",
                        "6.12.0-0.rc2.1.el10",
                        "6.12.0-9.el10",
                        "6.12.0-55.9.1.el10_0",
                        "6.12.0-211.47.1.el10_2",
                        "6.12.0-211.47.1.el10_10",
                        "1:4.18.0-80.el8")
                .map(KernelVersion::parse)
                .toList();

        List<KernelVersion> sorted = new ArrayList<>(ascending);
        Collections.reverse(sorted);
        Collections.sort(sorted);

        assertThat(sorted).isEqualTo(ascending);
    }

    @Test
    @DisplayName("is equal to another only when every part is")
    void equality() {
        KernelVersion kernel = KernelVersion.parse("5.14.0-284.11.1.el9_2.x86_64");

        assertThat(kernel)
                .isEqualTo(KernelVersion.parse("0:5.14.0-284.11.1.el9_2.x86_64"))
                .hasSameHashCodeAs(KernelVersion.parse("0:5.14.0-284.11.1.el9_2.x86_64"))
                .isNotEqualTo(KernelVersion.parse("5.14.0-284.11.1.el9_2"))
                .isNotEqualTo(KernelVersion.parse("5.14.0-284.11.1.el9_2.x86_64+rt"))
                .isNotEqualTo(KernelVersion.parse("5.14.00-284.11.1.el9_2.x86_64"))
                .isNotEqualTo(KernelVersion.parse("5.14.0-284.011.1.el9_2.x86_64"))
                .isNotEqualTo("5.14.0-284.11.1.el9_2.x86_64");
    }

    @Test
    @DisplayName("is the matrix' key by its NVR alone: neither epoch nor architecture nor suffix makes a difference")
    void key() {
        KernelVersion key = KernelVersion.parse("5.14.0-427.26.1.el9_4");

        assertThat(Stream.of("1:5.14.0-427.26.1.el9_4.x86_64+rt", "5.14.0-427.26.1.el9_4.aarch64+64k")
                        .map(text -> KernelVersion.parse(text).withoutArchitecture()))
                .containsOnly(key);
        assertThat(KernelVersion.parse("4.18.0-305.49.1.rt7.121.el8_4.x86_64")
                        .withoutArchitecture()
                        .flavour())
                .isEqualTo(KernelFlavour.RT);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @DisplayName("prints as uname -r prints it")
    @CsvSource({
        "0:5.14.0-284.11.1.el9_2.x86_64, 5.14.0-284.11.1.el9_2.x86_64",
        "5.14.0-427.26.1.el9_4.x86_64+rt, 5.14.0-427.26.1.el9_4.x86_64+rt",
        "5.14.0-284.41.1.el9_2.aarch64+64k, 5.14.0-284.41.1.el9_2.aarch64+64k",
        "5.14.0-284.45.1.rt14.330.el9_2.x86_64, 5.14.0-284.45.1.rt14.330.el9_2.x86_64",
        "5.14.0-284.45.1.rt14.330.el9_2.x86_64+rt, 5.14.0-284.45.1.rt14.330.el9_2.x86_64"
    })
    void prints(String text, String printed) {
        assertThat(KernelVersion.parse(text)).hasToString(printed);
        assertThat(KernelVersion.parse(printed)).isEqualTo(KernelVersion.parse(text));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("gives tags that every registry accepts")
    @CsvSource({
        "4.18.0-305.40.1.el8_4, 4.18.0-305.40.1.el8_4, 4.18.0-305.40.1.el8_4.x86_64",
        "0:5.14.0-427.26.1.el9_4.aarch64+64k, 5.14.0-427.26.1.el9_4, 5.14.0-427.26.1.el9_4.x86_64",
        "4.18.0-372.49.1.el8_6.ice_lag_sriov, 4.18.0-372.49.1.el8_6.ice_lag_sriov, 4.18.0-372.49.1.el8_6.ice_lag_sriov.x86_64"
    })
    void tags(String text, String tag, String tagOfX86) {
        KernelVersion kernel = KernelVersion.parse(text);
        assertThat(kernel.tag()).isEqualTo(tag);
        assertThat(kernel.tag(Architecture.X86_64)).isEqualTo(tagOfX86);
    }

    @Test
    @DisplayName("as long as may be still gives a tag of at most 128 characters")
    void longestTag() {
        KernelVersion longest = KernelVersion.parse("9".repeat(20) + ".14.0-1.el9_2." + "x".repeat(72));

        assertThat(longest.tag(Architecture.AARCH64)).hasSizeLessThanOrEqualTo(128);
    }

    @Test
    @DisplayName("of real time is of the standard kernel's source in every recorded build, and of no other's")
    void realTimePairs() {
        var byBuild = RecordedFacts.kernels().stream()
                .filter(row -> row.build().contains("."))
                .collect(Collectors.groupingBy(RecordedFacts.Kernel::build));
        List<KernelVersion[]> pairs = byBuild.values().stream()
                .flatMap(rows -> rows.stream()
                        .filter(row -> !row.kernelRt().isEmpty())
                        .flatMap(rt -> rows.stream()
                                .map(RecordedFacts.Kernel::kernel)
                                .filter(kernel -> !kernel.isEmpty())
                                .distinct()
                                .map(kernel -> new KernelVersion[] {
                                    KernelVersion.parse(rt.kernelRt()), KernelVersion.parse(kernel)
                                })))
                .toList();

        assertThat(pairs).hasSizeGreaterThanOrEqualTo(8);
        assertThat(pairs).allSatisfy(pair -> assertThat(pair[0].isRealTimeOf(pair[1]))
                .as(Arrays.toString(pair))
                .isTrue());
        for (KernelVersion[] pair : pairs) {
            for (KernelVersion[] other : pairs) {
                if (!other[1].nvr().equals(pair[1].nvr())) {
                    assertThat(pair[0].isRealTimeOf(other[1])).isFalse();
                }
            }
        }
    }

    @ParameterizedTest(name = "{2}: {0} and {1}")
    @DisplayName("of real time belongs to a standard kernel by NVR, or by source with the rt part taken out")
    @CsvSource({
        "5.14.0-427.26.1.el9_4.x86_64+rt, 5.14.0-427.26.1.el9_4, true",
        "5.14.0-427.26.1.el9_4, 5.14.0-427.26.1.el9_4, true",
        "4.18.0-305.49.1.rt7.121.el8_4, 4.18.0-305.49.1.el8_4.x86_64, true",
        "4.18.0-305.49.1.rt7.121.el8_4.bz1, 4.18.0-305.49.1.el8_4.bz1, true",
        "4.18.0-305.49.1.rt7.121.el8_4, 4.18.0-305.49.2.el8_4, false",
        "4.18.0-305.49.1.rt7.121.el8_4, 4.18.0-305.49.1.el8_6, false",
        "4.18.0-305.49.1.rt7.121.el8_4, 4.18.0-305.rt7.121.49.1.el8_4, false",
        "5.14.0-427.26.1.el9_4, 5.14.0-427.28.1.el9_4, false",
        "5.14.0-284.45.1.rt14.330.el9_2, 5.15.0-284.45.1.el9_2, false"
    })
    void realTime(String rt, String standard, boolean belongs) {
        assertThat(KernelVersion.parse(rt).isRealTimeOf(KernelVersion.parse(standard)))
                .isEqualTo(belongs);
    }

    @Test
    @DisplayName("recorded anywhere for RHEL CoreOS or SCOS is read, and prints as it was recorded")
    void everyRecordedKernel() {
        assertThat(RecordedFacts.kernels().stream()
                        .flatMap(row -> Stream.of(row.kernel(), row.kernelRt()))
                        .filter(text -> !text.isEmpty()))
                .hasSizeGreaterThan(150)
                .allSatisfy(
                        text -> assertThat(KernelVersion.parse(text).toString()).isEqualTo(text));
    }
}
