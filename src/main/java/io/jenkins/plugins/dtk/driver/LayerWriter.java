package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.release.ImageTree.Entry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes files as a tar archive (POSIX pax). */
final class LayerWriter {

    private static final int BLOCK = 512;
    private static final int LONGEST_NAME = 100;

    private final OutputStream out;

    LayerWriter(OutputStream out) {
        this.out = out;
    }

    /** A file, with what its entry says of it. */
    void file(Entry entry, byte[] content) throws IOException {
        byte[] name = entry.path().getBytes(StandardCharsets.UTF_8);
        if (name.length > LONGEST_NAME) {
            byte[] record = record("path=" + entry.path());
            entry("long-name".getBytes(StandardCharsets.UTF_8), 'x', entry, record);
        }
        entry(name, '0', entry, content);
    }

    /** A record begins with its own length, which the digits of that length are part of. */
    private static byte[] record(String pair) {
        int rest = pair.getBytes(StandardCharsets.UTF_8).length + 2;
        int length = rest + String.valueOf(rest).length();
        length = rest + String.valueOf(length).length();
        return (length + " " + pair + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private void entry(byte[] name, char type, Entry entry, byte[] content) throws IOException {
        byte[] header = new byte[BLOCK];
        System.arraycopy(name, 0, header, 0, Math.min(name.length, LONGEST_NAME));
        number(header, 100, 8, entry.mode());
        number(header, 108, 8, entry.user());
        number(header, 116, 8, entry.group());
        number(header, 124, 12, content.length);
        number(header, 136, 12, entry.modified());
        java.util.Arrays.fill(header, 148, 156, (byte) ' ');
        header[156] = (byte) type;
        text(header, 257, "ustar\0" + "00");
        int sum = 0;
        for (byte one : header) {
            sum += one & 0xff;
        }
        text(header, 148, "%06o\0 ".formatted(sum));
        out.write(header);
        out.write(content);
        out.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }

    /** In octal digits; a number that is too large for them in binary, as GNU tar writes it. */
    private static void number(byte[] header, int from, int length, long value) {
        String digits = Long.toOctalString(value);
        if (digits.length() < length) {
            text(header, from, "0".repeat(length - 1 - digits.length()) + digits);
            return;
        }
        for (int i = 0; i < 8 && i < length - 1; i++) {
            header[from + length - 1 - i] = (byte) (value >> 8 * i);
        }
        header[from] |= (byte) 0x80;
    }

    private static void text(byte[] header, int from, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, from, bytes.length);
    }

    /** The end of the archive. */
    void end() throws IOException {
        out.write(new byte[2 * BLOCK]);
    }
}
