package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.release.ImageTree.Entry;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Goes through every entry of an image layer, long names included (PAX and GNU). A layer is hostile input: its entries,
 * its unpacked size and its headers are bounded, and a path that leads out of the image is left out.
 */
final class LayerWalk {

    private static final long MOST_UNPACKED = 16L << 30;
    private static final int MOST_ENTRIES = 1_000_000;
    private static final int LONGEST_HEADER = 1 << 20;
    private static final int BLOCK = 512;
    private static final Pattern OCTAL = Pattern.compile("[0-7]{1,12}");
    private static final Pattern OUTSIDE = Pattern.compile("(?:^|.*/)\\.\\.(?:/.*|$)", Pattern.DOTALL);

    private final InputStream tar;
    private final byte[] header = new byte[BLOCK];
    private long unpacked;
    private String longName;
    private long longSize = -1;

    /** What is done with an entry. */
    @FunctionalInterface
    interface Visitor {
        /**
         * Sees an entry.
         *
         * @param content of a file; what is not read of it is skipped
         * @return whether to go on
         */
        boolean see(Entry entry, InputStream content) throws IOException;
    }

    private LayerWalk(InputStream tar) {
        this.tar = tar;
    }

    /**
     * Goes through a layer.
     *
     * @param layer the layer's bytes, as stored
     * @return false when the visitor ended it
     * @throws IOException when it is no layer, or larger than this reader accepts; one line
     */
    static boolean through(InputStream layer, Visitor visitor) throws IOException {
        return new LayerWalk(LayerStream.unpack(layer)).walk(visitor);
    }

    private boolean walk(Visitor visitor) throws IOException {
        for (int entries = 0; next(); entries++) {
            if (entries > MOST_ENTRIES) {
                throw new IOException("the layer has more than " + MOST_ENTRIES + " entries");
            }
            long size = longSize >= 0 ? longSize : octal(124, 12);
            char type = header[156] == 0 ? '0' : (char) header[156];
            if (type == 'x' || type == 'L') {
                note(type, size);
                continue;
            }
            String path = path();
            longName = null;
            longSize = -1;
            Content content = new Content(type == '0' ? size : 0);
            if (!path.isEmpty() && type != 'g' && type != 'K' && !visitor.see(entry(path, type), content)) {
                return false;
            }
            skip(content.left() + (type == '0' ? 0 : size) + padding(size));
        }
        return true;
    }

    /** False at the end. */
    private boolean next() throws IOException {
        int read = tar.readNBytes(header, 0, BLOCK);
        if (read > 0 && read < BLOCK) {
            throw new EOFException("the layer ends too early");
        }
        boolean zero = true;
        long sum = 0;
        for (int i = 0; i < read; i++) {
            zero &= header[i] == 0;
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
        }
        if (zero) {
            return false;
        }
        if (sum != octal(148, 8)) {
            throw new IOException("the layer is no tar archive: a header's checksum is wrong");
        }
        return true;
    }

    /** Keeps what a header says of the entry behind it. */
    private void note(char type, long size) throws IOException {
        if (size > LONGEST_HEADER) {
            throw new IOException("the layer has a header of more than " + (LONGEST_HEADER >> 20) + " MiB");
        }
        byte[] content;
        try (InputStream entry = new Content(size)) {
            content = entry.readAllBytes();
        }
        if (content.length < size) {
            throw new EOFException("the layer ends too early");
        }
        skip(padding(size));
        String text = new String(content, StandardCharsets.UTF_8);
        if (type == 'L') {
            longName = text.replace("\0", "");
            return;
        }
        for (String record : text.split("\n")) {
            String pair = record.substring(record.indexOf(' ') + 1);
            if (pair.startsWith("path=")) {
                longName = pair.substring(5);
            } else if (pair.startsWith("size=") && pair.matches("size=\\d{1,15}")) {
                longSize = Long.parseLong(pair.substring(5));
            }
        }
    }

    private Entry entry(String path, char type) throws IOException {
        return new Entry(path, type, (int) octal(100, 8) & 07777, octal(108, 8), octal(116, 8), octal(136, 12));
    }

    private String path() {
        String path = longName;
        if (path == null) {
            String prefix = text(257, 5).equals("ustar") && header[262] == 0 ? text(345, 155) : "";
            path = prefix.isEmpty() ? text(0, 100) : prefix + "/" + text(0, 100);
        }
        String clean = path.replaceFirst("^(?:\\.?/)+", "").replaceFirst("/+$", "");
        return OUTSIDE.matcher(clean).matches() || clean.equals(".") ? "" : clean;
    }

    private String text(int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.UTF_8);
    }

    private long octal(int from, int length) throws IOException {
        if ((header[from] & 0x80) != 0) {
            long value = header[from] & 0x7f;
            for (int i = from + 1; i < from + length && value <= MOST_UNPACKED; i++) {
                value = value << 8 | header[i] & 0xff;
            }
            return value;
        }
        String digits = text(from, length).strip();
        if (digits.isEmpty()) {
            return 0;
        }
        if (!OCTAL.matcher(digits).matches()) {
            throw new IOException("the layer is no tar archive: a size is not a number");
        }
        return Long.parseLong(digits, 8);
    }

    private static long padding(long size) {
        return (BLOCK - size % BLOCK) % BLOCK;
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
        if (bytes < 0 || unpacked > MOST_UNPACKED) {
            throw new IOException("the layer unpacks to more than " + (MOST_UNPACKED >> 30) + " GiB");
        }
    }

    /** The content of one entry, counted. */
    private final class Content extends TarEntry {

        Content(long size) {
            super(tar, size);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            if (read > 0) {
                count(read);
            }
            return read;
        }
    }
}
