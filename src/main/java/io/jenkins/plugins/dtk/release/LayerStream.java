package io.jenkins.plugins.dtk.release;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;

/** Unpacks a layer by what its first bytes say it is: gzip, zstd or plain. The media type is not always true. */
final class LayerStream {

    private static final int BUFFER = 1 << 13;

    /** The first four bytes of a frame (RFC 8878, 3.1.1). */
    private static final int ZSTD_FRAME = 0x28b52ffd;

    private LayerStream() {}

    static InputStream unpack(InputStream layer) throws IOException {
        BufferedInputStream bytes = new Ahead(layer);
        bytes.mark(4);
        byte[] magic = bytes.readNBytes(4);
        bytes.reset();
        if (magic.length >= 2 && magic[0] == (byte) 0x1f && magic[1] == (byte) 0x8b) {
            return new GZIPInputStream(bytes, BUFFER);
        }
        if (magic.length == 4 && ByteBuffer.wrap(magic).getInt() == ZSTD_FRAME) {
            return new ZstdLayer(bytes);
        }
        return bytes;
    }

    /**
     * Says that there is more until the end is really met. A layer may be of several gzip members, and
     * {@link GZIPInputStream} takes "nothing at hand", which a network often says, for the end of the last one.
     */
    private static final class Ahead extends BufferedInputStream {
        Ahead(InputStream layer) {
            super(layer, BUFFER);
        }

        @Override
        public synchronized int available() throws IOException {
            mark(1);
            boolean end = read() < 0;
            reset();
            return end ? 0 : Math.max(1, super.available());
        }
    }
}
