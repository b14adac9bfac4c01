package io.jenkins.plugins.dtk.release;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Takes a few files out of an image layer, a tar that is plain or packed with gzip or zstd, and stops as soon as it has them. A layer
 * is hostile input: its entries, its unpacked size and the files taken are bounded.
 */
final class LayerFiles {

    /** The largest file taken: image-references is about 95 KB, meta.json below 100 KB. */
    private static final int MAX_FILE = 16 << 20;

    private static final long MAX_UNPACKED = 1L << 30;
    private static final int MAX_ENTRIES = 100_000;
    private static final int BLOCK = 512;

    private static final Pattern OCTAL = Pattern.compile("[0-7]{0,12}");

    private final InputStream tar;
    private long unpacked;

    private LayerFiles(InputStream tar) {
        this.tar = tar;
    }

    /**
     * Reads a layer until all wanted files are found or it ends.
     *
     * @param layer the layer's bytes, as stored
     * @param wanted paths without a leading slash
     * @return what was found; bytes that end between two entries end the layer, as some tools write no other end
     * @throws EOFException when the bytes end within an entry
     * @throws IOException when it is no layer, or larger than this reader accepts
     */
    static Map<String, byte[]> find(InputStream layer, Set<String> wanted) throws IOException {
        return new LayerFiles(LayerStream.unpack(layer)).search(wanted);
    }

    private Map<String, byte[]> search(Set<String> wanted) throws IOException {
        Map<String, byte[]> found = new HashMap<>();
        byte[] header = new byte[BLOCK];
        for (int entries = 0; ; entries++) {
            if (entries > MAX_ENTRIES) {
                throw new IOException("the layer has more than " + MAX_ENTRIES + " entries");
            }
            if (!readHeader(header) || isZero(header)) {
                break;
            }
            checkSum(header);
            long size = number(header, 124, 12);
            char type = (char) header[156];
            String name = name(header);
            long padded = (size + BLOCK - 1) / BLOCK * BLOCK;
            if ((type == '0' || type == 0) && wanted.contains(name)) {
                if (size > MAX_FILE) {
                    throw new IOException(name + " is larger than " + (MAX_FILE >> 20) + " MiB");
                }
                byte[] content = new byte[(int) size];
                readFully(content);
                found.put(name, content);
                if (found.size() == wanted.size()) {
                    break;
                }
                padded -= size;
            }
            skip(padded);
        }
        return found;
    }

    /** False at the end of the bytes. */
    private boolean readHeader(byte[] header) throws IOException {
        int read = tar.readNBytes(header, 0, BLOCK);
        if (read > 0 && read < BLOCK) {
            throw new EOFException("the layer ends too early");
        }
        return read > 0;
    }

    private void readFully(byte[] into) throws IOException {
        count(into.length);
        if (tar.readNBytes(into, 0, into.length) < into.length) {
            throw new EOFException("the layer ends too early");
        }
    }

    private void skip(long bytes) throws IOException {
        count(bytes);
        try {
            tar.skipNBytes(bytes);
        } catch (EOFException e) {
            throw (EOFException) new EOFException("the layer ends too early").initCause(e);
        }
    }

    private void count(long bytes) throws IOException {
        unpacked += bytes;
        if (unpacked > MAX_UNPACKED) {
            throw new IOException("the layer unpacks to more than " + (MAX_UNPACKED >> 20) + " MiB");
        }
    }

    /** The POSIX ustar name: prefix and name. The paths looked for are short, so no longer form can hold them. */
    private static String name(byte[] header) {
        String name = text(header, 0, 100);
        boolean ustar = "ustar".equals(text(header, 257, 5));
        String prefix = ustar ? text(header, 345, 155) : "";
        String path = prefix.isEmpty() ? name : prefix + "/" + name;
        return path.replaceFirst("^(?:\\./|/)+", "");
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
            if (value > MAX_UNPACKED) {
                throw new IOException("the layer has an entry of more than " + (MAX_UNPACKED >> 20) + " MiB");
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
