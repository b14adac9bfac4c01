package io.jenkins.plugins.dtk.demo;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes a tar archive in the ustar format. The same entries always give the same bytes: owner root, one fixed time.
 *
 * <p>Paths are of 100 bytes at most, as all of ours are.
 */
final class TarWriter {

    private static final int BLOCK = 512;
    private static final int NAME_LIMIT = 100;
    private static final long TIME = 1_700_000_000L;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Adds a directory; its path ends in a slash. */
    TarWriter directory(String path) {
        header(path, 0755, 0, '5', "");
        return this;
    }

    TarWriter file(String path, byte[] content) {
        return file(path, content, 0644);
    }

    TarWriter file(String path, String content) {
        return file(path, content.getBytes(StandardCharsets.UTF_8));
    }

    TarWriter file(String path, byte[] content, int mode) {
        header(path, mode, content.length, '0', "");
        out.writeBytes(content);
        out.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
        return this;
    }

    TarWriter symlink(String path, String target) {
        header(path, 0777, 0, '2', target);
        return this;
    }

    /** The entries so far, without the end of the archive. */
    byte[] entries() {
        return out.toByteArray();
    }

    /** The whole archive. */
    byte[] archive() {
        byte[] entries = entries();
        return Arrays.copyOf(entries, entries.length + 2 * BLOCK);
    }

    private void header(String path, int mode, long size, char type, String linkTarget) {
        if (path.length() > NAME_LIMIT || linkTarget.length() > NAME_LIMIT) {
            throw new IllegalArgumentException("longer than " + NAME_LIMIT + " bytes: " + path);
        }
        byte[] header = new byte[BLOCK];
        text(header, 0, path);
        text(header, 100, octal(mode, 7));
        text(header, 108, octal(0, 7));
        text(header, 116, octal(0, 7));
        text(header, 124, octal(size, 11));
        text(header, 136, octal(TIME, 11));
        header[156] = (byte) type;
        text(header, 157, linkTarget);
        text(header, 257, "ustar\00000");
        text(header, 148, octal(checksum(header), 6) + "\0 ");
        out.writeBytes(header);
    }

    /** The sum of all bytes of the header, with the checksum itself taken as eight spaces. */
    private static int checksum(byte[] header) {
        int sum = 8 * ' ';
        for (byte b : header) {
            sum += b & 0xff;
        }
        return sum;
    }

    private static String octal(long value, int digits) {
        String octal = Long.toOctalString(value);
        return "0".repeat(digits - octal.length()) + octal;
    }

    private static void text(byte[] header, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }
}
