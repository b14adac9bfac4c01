package io.jenkins.plugins.dtk.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The file of what was read")
class JournalTest {

    static final String NAME = "journal";
    private static final int ROUNDS = 3;
    private static final int WRITERS = 3;

    @TempDir
    Path folder;

    /** A value that shows which key it belongs to, and is long enough to be cut. */
    static String value(String key) {
        return ("[" + key + "]").repeat(40);
    }

    @Test
    @DisplayName("loses nothing that was kept when all its users are killed at any moment, again and again")
    void killed() throws Exception {
        List<String> kept = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            kept.addAll(writeAndKill(round, Long.MAX_VALUE / 4));
        }

        FactJournal journal = new FactJournal(folder, NAME);
        assertThat(kept).hasSizeGreaterThan(ROUNDS * WRITERS * 20).allSatisfy(key -> assertThat(journal.get(key))
                .isEqualTo(value(key)));
    }

    @ParameterizedTest(name = "at more than {0} bytes")
    @DisplayName("holds no wrong fact when its users are killed while they clean it up, and goes on to work")
    @ValueSource(longs = {20_000, 100_000})
    void killedWhileCleaningUp(long maxBytes) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            writeAndKill(round, maxBytes);
        }

        FactJournal journal = new FactJournal(folder, NAME, maxBytes);
        assertThat(Files.readAllLines(folder.resolve(NAME)))
                .map(line -> line.split(" ", 3))
                .filteredOn(parts -> parts.length == 3 && journal.get(parts[1]) != null)
                .hasSizeGreaterThan(5)
                .allSatisfy(parts -> assertThat(journal.get(parts[1])).isEqualTo(value(parts[1])));
        assertThat(Files.size(folder.resolve(NAME))).isLessThan(2 * maxBytes);
        journal.put("last", "fact");
        assertThat(new FactJournal(folder, NAME, maxBytes).get("last")).isEqualTo("fact");
    }

    /** Lets some processes write, kills them in the middle, and gives the keys that they printed as kept. */
    private List<String> writeAndKill(int round, long maxBytes) throws IOException, InterruptedException {
        List<Process> writers = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        try {
            for (int i = 0; i < WRITERS; i++) {
                writers.add(writer(round + "." + i, maxBytes));
            }
            List<BufferedReader> printed = new ArrayList<>();
            writers.forEach(writer -> printed.add(writer.inputReader()));
            for (int i = 0; i < 40 + 7 * round; i++) {
                for (BufferedReader lines : printed) {
                    kept.add(lines.readLine());
                }
            }
        } finally {
            for (Process writer : writers) {
                writer.destroyForcibly().waitFor();
            }
        }
        return kept;
    }

    private Process writer(String name, long maxBytes) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        JournalWriter.class.getName(),
                        folder.toString(),
                        name,
                        Long.toString(maxBytes))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Test
    @DisplayName("loses nothing of what several users of one process write while they clean it up")
    void concurrent() throws Exception {
        long maxBytes = 200_000;
        List<Thread> users = new ArrayList<>();
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < WRITERS; i++) {
            FactJournal journal = new FactJournal(folder, NAME, maxBytes);
            String name = "user" + i + "-";
            users.add(new Thread(() -> {
                try {
                    for (int n = 0; n < 50 * 40; n++) {
                        String key = name + n % 50;
                        journal.put(key, value(key) + n / 50);
                    }
                } catch (IOException e) {
                    failures.add(e);
                }
            }));
        }
        users.forEach(Thread::start);
        for (Thread user : users) {
            user.join();
        }

        assertThat(failures).isEmpty();
        FactJournal later = new FactJournal(folder, NAME, maxBytes);
        for (int n = 0; n < WRITERS * 50; n++) {
            String key = "user" + n % WRITERS + "-" + n / WRITERS;
            assertThat(later.get(key)).isEqualTo(value(key) + 39);
        }
    }
}
