package io.jenkins.plugins.dtk.kmod;

import io.airlift.compress.zstd.ZstdInputStream;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZInputStream;
import org.tukaani.xz.XZOutputStream;

/** How a module or a table of symbols is packed, by its first bytes: its name is not always true. */
enum Compression {
    NONE(""),
    GZIP(".gz"),
    XZ(".xz"),
    ZSTD(".zst");

    /** KiB that unpacking xz may take: {@code xz -9} needs 65 MiB. */
    private static final int XZ_MEMORY = 100 << 10;

    private static final int XZ_MAGIC = 0xfd377a58;
    private static final int ZSTD_MAGIC = 0x28b52ffd;

    /** As the kernel packs its own modules (torvalds/linux scripts/Makefile.modinst). */
    private static final int XZ_DICTIONARY = 1 << 20;

    private final String ending;

    Compression(String ending) {
        this.ending = ending;
    }

    /** What file names end in: {@code .xz}; empty for none. */
    public String ending() {
        return ending;
    }

    static Compression of(byte[] file) {
        if (file.length < 4) {
            return NONE;
        }
        int magic = (file[0] & 0xff) << 24 | (file[1] & 0xff) << 16 | (file[2] & 0xff) << 8 | file[3] & 0xff;
        if (magic == XZ_MAGIC) {
            return XZ;
        }
        if (magic == ZSTD_MAGIC) {
            return ZSTD;
        }
        return magic >>> 16 == 0x1f8b ? GZIP : NONE;
    }

    /**
     * The content of a file, unpacked where it is packed.
     *
     * @param most how many bytes it may have
     * @throws IOException when it is damaged or larger; one line
     */
    static byte[] unpack(byte[] file, int most) throws IOException {
        return find(file, most).orElseThrow(() -> new IOException("it is larger than " + (most >> 20) + " MiB"));
    }

    /**
     * The same; empty when it is larger.
     *
     * @throws IOException when it is damaged; one line
     */
    static Optional<byte[]> find(byte[] file, int most) throws IOException {
        Compression packed = of(file);
        if (packed == NONE) {
            return Optional.of(file).filter(content -> content.length <= most);
        }
        try (InputStream unpacked = packed.open(new ByteArrayInputStream(file))) {
            return Optional.of(unpacked.readNBytes(most + 1)).filter(content -> content.length <= most);
        } catch (RuntimeException e) {
            // The library for zstd reports a broken frame by unchecked exceptions.
            throw new IOException("it cannot be unpacked: " + e.getClass().getSimpleName(), e);
        }
    }

    /** A file packed so that the kernel's own decoder takes it. */
    byte[] pack(byte[] content) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream(content.length / 2 + 64);
        try (OutputStream out = packing(file)) {
            out.write(content);
        }
        return file.toByteArray();
    }

    private OutputStream packing(OutputStream file) throws IOException {
        LZMA2Options options = new LZMA2Options();
        options.setDictSize(XZ_DICTIONARY);
        return switch (this) {
            case GZIP -> new GZIPOutputStream(file, 1 << 16);
            case XZ -> new XZOutputStream(file, options, org.tukaani.xz.XZ.CHECK_CRC32);
            case ZSTD -> new ZstdOutputStream(file);
            case NONE -> file;
        };
    }

    private InputStream open(InputStream file) throws IOException {
        return switch (this) {
            case GZIP -> new GZIPInputStream(file, 1 << 16);
            case XZ -> new XZInputStream(file, XZ_MEMORY);
            case ZSTD -> new ZstdInputStream(file);
            case NONE -> file;
        };
    }

    /**
     * Whether an xz file has a check that the kernel's own decoder knows: none or CRC32. The program {@code xz} writes
     * CRC64 unless {@code --check=crc32} is given (torvalds/linux lib/xz/xz_dec_stream.c).
     */
    static boolean kernelUnpacks(byte[] file) {
        return of(file) != XZ || file.length > 7 && (file[7] & 0xf) <= 1;
    }
}
