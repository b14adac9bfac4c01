package io.jenkins.plugins.dtk.testing;

import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Writes image layers byte by byte, so that tests can write those that no tool would. */
public final class Tar {

    private static final int BLOCK = 512;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** A regular file. */
    public Tar file(String name, String content) {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** A regular file. */
    public Tar file(String name, byte[] content) {
        return entry('0', name, octal(content.length, 12), content);
    }

    /** A directory. */
    public Tar directory(String name) {
        return entry('5', name, octal(0, 12), new byte[0]);
    }

    /**
     * An entry of any type.
     *
     * @param size the field of 12 bytes as it is to stand there, true or not
     */
    public Tar entry(char type, String name, byte[] size, byte[] content) {
        byte[] header = header(type, name, size);
        put(header, 257, "ustar\u000000");
        sign(header);
        return raw(header).raw(content).raw(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }

    /** A header as Unix had it before ustar, and as a reader of today must still take it. */
    public Tar oldEntry(String name, byte[] content) {
        byte[] header = header('\0', name, octal(content.length, 12));
        sign(header);
        return raw(header).raw(content).raw(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }

    /** A file whose path stands in two fields. */
    public Tar prefixed(String prefix, String name, byte[] content) {
        byte[] header = header('0', name, octal(content.length, 12));
        put(header, 257, "ustar\u000000");
        put(header, 345, prefix);
        sign(header);
        return raw(header).raw(content).raw(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }

    /** Bytes as they are. */
    public Tar raw(byte[] any) {
        bytes.writeBytes(any);
        return this;
    }

    /** The two blocks of zeros that end an archive. */
    public Tar end() {
        return raw(new byte[2 * BLOCK]);
    }

    /** The archive. */
    public byte[] plain() {
        return bytes.toByteArray();
    }

    /** The archive, gzipped. */
    public byte[] gzipped() {
        return gzip(plain());
    }

    /** Any bytes, gzipped. */
    public static byte[] gzip(byte[] content) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    /** The archive, packed with zstd. */
    public byte[] zstd() {
        return zstd(plain());
    }

    /** Any bytes, packed with zstd. */
    public static byte[] zstd(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream zstd = new ZstdOutputStream(packed)) {
            zstd.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    /** A number in the field of a header: octal digits and a NUL. */
    public static byte[] octal(long number, int length) {
        return String.format("%0" + (length - 1) + "o\0", number).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] header(char type, String name, byte[] size) {
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "0000644\u00000000000\u00000000000\0");
        System.arraycopy(size, 0, header, 124, size.length);
        put(header, 136, "00000000000\0");
        header[156] = (byte) type;
        return header;
    }

    private static void sign(byte[] header) {
        Arrays.fill(header, 148, 156, (byte) ' ');
        long sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        System.arraycopy(octal(sum, 7), 0, header, 148, 7);
    }

    private static void put(byte[] header, int at, String text) {
        byte[] ascii = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(ascii, 0, header, at, ascii.length);
    }
}
