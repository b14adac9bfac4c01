package io.jenkins.plugins.dtk.demo;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A layer of an image: a tar archive, compressed with gzip.
 *
 * @param blob the compressed archive
 * @param diffId the digest of the archive before compression
 */
record Layer(Blob blob, String diffId) {

    private static final byte[] GZIP_HEADER = {0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    static Layer of(TarWriter tar) {
        byte[] archive = tar.archive();
        return new Layer(Blob.of(gzip(new byte[0], new byte[0], archive, deflate(archive, true))), Digests.of(archive));
    }

    /**
     * The end of an archive that many layers share, compressed once. Each layer is still one plain gzip stream: a
     * deflate stream that has been flushed to a byte boundary can be continued with another one.
     */
    record Tail(byte[] archive, byte[] deflated) {

        static Tail of(TarWriter tar) {
            byte[] archive = tar.archive();
            return new Tail(archive, deflate(archive, true));
        }

        /** A layer that begins with these entries and ends in this tail. */
        Layer after(TarWriter head) {
            byte[] entries = head.entries();
            byte[] gzip = gzip(entries, deflate(entries, false), archive, deflated);
            return new Layer(Blob.of(gzip), Digests.of(entries, archive));
        }
    }

    private static byte[] gzip(byte[] head, byte[] deflatedHead, byte[] tail, byte[] deflatedTail) {
        CRC32 crc = new CRC32();
        crc.update(head);
        crc.update(tail);
        return ByteBuffer.allocate(GZIP_HEADER.length + deflatedHead.length + deflatedTail.length + 8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(GZIP_HEADER)
                .put(deflatedHead)
                .put(deflatedTail)
                .putInt((int) crc.getValue())
                .putInt(head.length + tail.length)
                .array();
    }

    private static byte[] deflate(byte[] bytes, boolean finish) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(bytes);
            if (finish) {
                deflater.finish();
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 4 + 64);
            byte[] buffer = new byte[64 * 1024];
            int count;
            do {
                count = deflater.deflate(buffer, 0, buffer.length, finish ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH);
                out.write(buffer, 0, count);
            } while (count == buffer.length);
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }
}
