package io.jenkins.plugins.dtk.release;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The lines of a journal, one after the other. One that is longer than any that was written is passed over. */
final class JournalLines {

    /** The tags of a whole repository are in one line. */
    private static final int LONGEST = 4 << 20;

    private final InputStream bytes;

    JournalLines(InputStream bytes) {
        this.bytes = new BufferedInputStream(bytes, 1 << 16);
    }

    /** The next line without its end, or null. */
    String next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        boolean any = false;
        for (int b = bytes.read(); b >= 0; b = bytes.read()) {
            any = true;
            if (b == '\n') {
                return line.size() > LONGEST ? "" : line.toString(StandardCharsets.UTF_8);
            }
            if (line.size() <= LONGEST) {
                line.write(b);
            }
        }
        return any && line.size() <= LONGEST ? line.toString(StandardCharsets.UTF_8) : any ? "" : null;
    }
}
