package io.jenkins.plugins.dtk.release;

import java.io.IOException;
import java.nio.file.Path;

/** Keeps facts in a journal until it is killed, as a process of its own, and prints each one that is kept. */
final class JournalWriter {

    private JournalWriter() {}

    public static void main(String[] arguments) throws IOException {
        FactJournal journal = new FactJournal(Path.of(arguments[0]), JournalTest.NAME, Long.parseLong(arguments[2]));
        for (int i = 0; ; i++) {
            String key = arguments[1] + "-" + i;
            journal.put(key, JournalTest.value(key));
            System.out.println(key);
        }
    }
}
