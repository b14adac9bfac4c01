package io.jenkins.plugins.dtk.release;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads one file out of an image layer, a tar that is plain or packed with gzip or zstd, as it is unpacked, and stops
 * behind it. A layer is hostile input: its entries, its unpacked size and the size of the file are bounded.
 */
final class LayerFiles {

    /** The largest file read: image-references is about 95 KB, meta.json below 100 KB. */
    private static final int MAX_FILE = 16 << 20;

    private static final int MAX_ENTRIES = 100_000;
    private static final int BLOCK = 512;

    private static final Pattern OCTAL = Pattern.compile("[0-7]{0,12}");

    private final InputStream tar;
    private final UnpackLimit limit;
    private final TarNames names = new TarNames();

    private LayerFiles(InputStream tar, UnpackLimit limit) {
        this.tar = tar;
        this.limit = limit;
    }

    /**
     * Makes something of a file.
     *
     * @param <T> what it says; not null
     */
    @FunctionalInterface
    interface Content<T> {
        T of(InputStream file) throws IOException;
    }

    /**
     * Reads a layer until the wanted file is found or it ends.
     *
     * @param layer the layer's bytes, as stored
     * @param wanted a path without a leading slash
     * @param limit how much may be unpacked on the way; may be that of several layers
     * @return what the file says; nothing where it is not there. Bytes that end between two entries end the layer, as
     *     some tools write no other end
     * @throws EOFException when the bytes end within an entry
     * @throws IOException when it is no layer, or larger than this reader accepts; or the content's own
     */
    static <T> Optional<T> find(InputStream layer, String wanted, UnpackLimit limit, Content<T> content)
            throws IOException {
        return new LayerFiles(LayerStream.unpack(layer), limit).search(wanted, content);
    }

    private <T> Optional<T> search(String wanted, Content<T> content) throws IOException {
        byte[] header = new byte[BLOCK];
        for (int entries = 0; ; entries++) {
            if (entries > MAX_ENTRIES) {
                throw new IOException("the layer has more than " + MAX_ENTRIES + " entries");
            }
            if (!readHeader(header) || isZero(header)) {
                return Optional.empty();
            }
            checkSum(header);
            char type = (char) header[156];
            long size = number(header, 124, 12);
            if (names.isExtension(type)) {
                names.extend(type, bytes((int) names.checkedSize(size)));
                skip(padding(size));
                continue;
            }
            size = names.size(size);
            String name = names.of(ustarName(header));
            if ((type == '0' || type == 0) && name.equals(wanted)) {
                return Optional.of(read(name, size, content));
            }
            skip(size + padding(size));
        }
    }

    private <T> T read(String name, long size, Content<T> content) throws IOException {
        if (size > MAX_FILE) {
            throw new IOException(name + " is larger than " + (MAX_FILE >> 20) + " MiB");
        }
        limit.count(size);
        return content.of(new TarEntry(tar, size));
    }

    private static long padding(long size) {
        return (BLOCK - size % BLOCK) % BLOCK;
    }

    /** False at the end of the bytes. */
    private boolean readHeader(byte[] header) throws IOException {
        int read = tar.readNBytes(header, 0, BLOCK);
        if (read > 0 && read < BLOCK) {
            throw new EOFException("the layer ends too early");
        }
        return read > 0;
    }

    private byte[] bytes(int length) throws IOException {
        limit.count(length);
        byte[] bytes = tar.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the layer ends too early");
        }
        return bytes;
    }

    private void skip(long bytes) throws IOException {
        limit.count(bytes);
        try {
            tar.skipNBytes(bytes);
        } catch (EOFException e) {
            throw (EOFException) new EOFException("the layer ends too early").initCause(e);
        }
    }

    /** The POSIX ustar name: prefix and name. */
    private static String ustarName(byte[] header) {
        String name = text(header, 0, 100);
        boolean ustar = "ustar".equals(text(header, 257, 5));
        String prefix = ustar ? text(header, 345, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String text(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.UTF_8);
    }

    private static long number(byte[] header, int from, int length) throws IOException {
        if ((header[from] & 0x80) != 0) {
            return binary(header, from, length);
        }
        String octal = text(header, from, length).strip();
        if (!OCTAL.matcher(octal).matches()) {
            throw new IOException("the layer is no tar archive: a size is not a number");
        }
        return octal.isEmpty() ? 0 : Long.parseLong(octal, 8);
    }

    /** GNU's form for sizes of 8 GiB and more: big-endian, with the first bit set. */
    private static long binary(byte[] header, int from, int length) throws IOException {
        long value = header[from] & 0x7f;
        for (int i = from + 1; i < from + length; i++) {
            if (value > UnpackLimit.LARGEST_ENTRY) {
                throw UnpackLimit.tooLarge();
            }
            value = value << 8 | header[i] & 0xff;
        }
        return value;
    }

    private static void checkSum(byte[] header) throws IOException {
        long stated = number(header, 148, 8);
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
        }
        if (sum != stated) {
            throw new IOException("the layer is no tar archive: a header's checksum is wrong");
        }
    }

    private static boolean isZero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }
}
