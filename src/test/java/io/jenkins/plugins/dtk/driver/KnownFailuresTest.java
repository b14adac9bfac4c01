package io.jenkins.plugins.dtk.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelFlavour;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What went wrong with a driver's image")
class KnownFailuresTest {

    private static final KernelVersion KERNEL = KernelVersion.parse("5.14.0-427.61.1.el9_4");
    private static final DriverTarget TARGET = new DriverTarget(KERNEL, KERNEL, Architecture.X86_64, KernelFlavour.RT);

    private static final List<String> TOOLKITS = List.of(toolkit("1"));

    @TempDir
    Path folder;

    private static String toolkit(String name) {
        return "quay.io/acme/driver-toolkit@sha256:" + name.repeat(64);
    }

    private static List<String> toolkits(String names) {
        return Stream.of(names.split(" ")).map(KnownFailuresTest::toolkit).toList();
    }

    private static MatrixTarget target(String names) {
        return new MatrixTarget(
                TARGET,
                KERNEL.rhel(),
                new io.jenkins.plugins.dtk.kernel.Stream("rhel-9"),
                List.of("4.18.6"),
                List.of("3.0"),
                MatrixTarget.State.MISSING,
                toolkits(names),
                "",
                List.of(),
                "");
    }

    @Test
    @DisplayName("is known the next night, for the same source, until it is built")
    void remembered() throws IOException {
        Path file = folder.resolve("known");
        KnownFailures first = KnownFailures.in(file);
        first.note(TARGET, "3.0@ab", TOOLKITS, Outcome.DOES_NOT_COMPILE, "a.c:1:2: error: with\ta tab\nand more", "");
        first.save();
        KnownFailures second = KnownFailures.in(file);

        assertThat(second.of(TARGET, "3.0@ab")).hasValueSatisfying(known -> {
            assertThat(known.outcome()).isEqualTo(Outcome.DOES_NOT_COMPILE);
            assertThat(known.toolkits()).containsExactly("sha256:" + "1".repeat(64));
            assertThat(known.reason()).isEqualTo("a.c:1:2: error: with?a tab?and more");
        });
        assertThat(second.of(TARGET, "3.1@cd")).isEmpty();
        second.note(TARGET, "3.0@ab", TOOLKITS, Outcome.FAILED, "no network", "");
        assertThat(second.of(TARGET, "3.0@ab")).isPresent();
        second.note(TARGET, "3.0@ef", TOOLKITS, Outcome.BUILT, "", "");
        second.save();
        assertThat(Files.readString(file)).isEmpty();
    }

    @Test
    @DisplayName("has the log of the night in which it was found out, until it is built again")
    void log() throws IOException {
        Path file = folder.resolve("known");
        String line = TARGET.uname() + "\t2.0@ab\tsha256:1\tdoes not fit\ta.ko: 1 symbol\n";
        KnownFailures first = KnownFailures.in(Files.writeString(file, line));
        first.note(TARGET, "3.0@ab", TOOLKITS, Outcome.DOES_NOT_COMPILE, "a.c:1:2: error: x", "12/log");
        first.note(TARGET, "3.0@ab", TOOLKITS, Outcome.DOES_NOT_COMPILE, "a.c:1:2: error: x", "");
        first.save();
        KnownFailures second = KnownFailures.in(file);

        assertThat(second.of(TARGET, "2.0@ab"))
                .as("of an earlier version")
                .hasValueSatisfying(known -> assertThat(known.log()).isEmpty());
        assertThat(second.of(TARGET, "3.0@ab"))
                .hasValueSatisfying(known -> assertThat(known.log()).isEqualTo("12/log"));
        second.note(TARGET, "3.0@ab", TOOLKITS, Outcome.DOES_NOT_COMPILE, "a.c:1:2: error: x", "15/log");
        assertThat(second.of(TARGET, "3.0@ab"))
                .hasValueSatisfying(known -> assertThat(known.log()).isEqualTo("15/log"));
        second.note(TARGET, "3.0@ef", TOOLKITS, Outcome.DOES_NOT_COMPILE, "a.c:1:2: error: x", "");
        assertThat(second.of(TARGET, "3.0@ef"))
                .as("of another source")
                .hasValueSatisfying(known -> assertThat(known.log()).isEmpty());
    }

    @Test
    @DisplayName("is known for each of two versions that are built in turn, with the newest source of each")
    void versions() throws IOException {
        Path file = folder.resolve("known");
        KnownFailures first = KnownFailures.in(file);
        first.note(TARGET, "3.0@ab", TOOLKITS, Outcome.DOES_NOT_COMPILE, "a.c:1:2: error: old", "");
        first.note(TARGET, "2.9@cd", TOOLKITS, Outcome.DOES_NOT_FIT, "a.ko: 1 symbol", "");
        first.note(TARGET, "3.0@ef", TOOLKITS, Outcome.DOES_NOT_COMPILE, "a.c:1:2: error: new", "");
        first.note(TARGET, "2.8@aa", TOOLKITS, Outcome.BUILT, "", "");
        first.save();
        KnownFailures second = KnownFailures.in(file);

        assertThat(second.of(TARGET, "2.9@cd")).isPresent();
        assertThat(second.of(TARGET, "3.0@ef")).isPresent();
        assertThat(second.of(TARGET, "3.0@ab")).isEmpty();
        assertThat(Files.readAllLines(file)).hasSize(2);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("is known as long as the toolkits come to the same")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            the same one                              | does not compile | 1   | 1     | 1
            another digest                            | does not compile | 1   | 2     |
            one more behind the one that has it       | does not compile | 1   | 1 2   | 1
            one more before the one that has it       | does not compile | 1   | 2 1   |
            the second, after the same first          | does not fit     | 1 2 | 1 2 3 | 2
            the second, after another first           | does not fit     | 1 2 | 3 2   |
            the second alone                          | does not fit     | 1 2 | 2     | 2
            the first alone, which lacks the kernel   | does not compile | 1 2 | 1     |
            no toolkit, of the same                   | no toolkit       | 1 2 | 1 2   | 1
            no toolkit, of fewer                      | no toolkit       | 1 2 | 2     | 2
            no toolkit, and there is another          | no toolkit       | 1 2 | 1 2 3 |
            no toolkit, and one is made anew          | no toolkit       | 1 2 | 1 3   |
            """)
    void toolkits(String what, String outcome, String tried, String now, String with) throws IOException {
        Path file = folder.resolve("known");
        KnownFailures first = KnownFailures.in(file);
        first.note(TARGET, "3.0@ab", toolkits(tried), Outcome.ofWords(outcome), "a reason", "12/log");
        first.save();
        KnownFailures second = KnownFailures.in(file);
        second.note(TARGET, "3.0@ab", toolkits(now), Outcome.ofWords(outcome), "a reason", "");

        assertThat(second.of(target(now), "3.0@ab").map(known -> KnownFailures.toolkit(target(now), known)))
                .isEqualTo(Optional.ofNullable(with).map(KnownFailuresTest::toolkit));
        assertThat(second.of(target(now), "3.0@cd").isPresent())
                .as("of other source")
                .isEqualTo(with != null && outcome.equals("no toolkit"));
    }

    @Test
    @DisplayName("is forgotten, the oldest first, before the file can be too large to be read")
    void bounded() throws IOException {
        Path file = folder.resolve("known");
        KnownFailures first = KnownFailures.in(file);
        for (int version = 0; version <= 20_000; version++) {
            first.note(TARGET, "3." + version + "@ab", TOOLKITS, Outcome.DOES_NOT_COMPILE, "a.c:1:2: error: x", "");
        }
        first.save();

        assertThat(KnownFailures.in(file).of(TARGET, "3.0@ab")).isEmpty();
        assertThat(KnownFailures.in(file).of(TARGET, "3.1@ab")).isPresent();
        assertThat(KnownFailures.in(file).of(TARGET, "3.20000@ab")).isPresent();
    }

    @ParameterizedTest
    @DisplayName("is not read from a file that is something else")
    @ValueSource(strings = {"hello\n", "a\tb\tc\tno outcome\te\n"})
    void wrongFile(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("text"), text);

        assertThatThrownBy(() -> KnownFailures.in(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + file + "' is no list of known failures");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("is the compiler's first error, wherever in the log it stands")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            gcc              | STEP 4/8: RUN make;/build/acme.c: In function 'init':;/build/acme.c:12:9: error: 'x' undeclared;make[1]: *** [a.o] Error 1 | /build/acme.c:12:9: error: 'x' undeclared
            a missing header | In file included from acme.c:1:;acme.h:3:10: fatal error: linux/old.h: No such file or directory;make: *** [all] Error 2 | acme.h:3:10: fatal error: linux/old.h: No such file or directory
            modpost          | ERROR: modpost: "acme_register" [/build/acme.ko] undefined!;make[1]: *** [Module.symvers] Error 1 | ERROR: modpost: "acme_register" [/build/acme.ko] undefined!
            make alone, which may be of a network | make: *** No rule to make target 'modules'.  Stop. | ''
            a registry       | Error: initializing source docker://quay.io/x: unauthorized | ''
            a warning        | acme.c:12:9: warning: unused variable | ''
            """)
    void firstError(String what, String log, String expected) {
        assertThat(Stream.of(log.split(";"))
                        .flatMap(line -> BuildLog.sourceError(line).stream())
                        .findFirst()
                        .orElse(""))
                .isEqualTo(expected);
    }
}
