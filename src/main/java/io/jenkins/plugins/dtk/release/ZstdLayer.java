package io.jenkins.plugins.dtk.release;

import io.airlift.compress.zstd.ZstdInputStream;
import io.jenkins.plugins.dtk.text.Quote;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Unpacks zstd, frame after frame, with windows of up to 8 MiB: zstd itself uses larger ones only when it is given
 * {@code --ultra} or {@code --long}. The library reports a broken frame by unchecked exceptions, and an early end by no type of its own.
 */
final class ZstdLayer extends InputStream {

    private final Source source;
    private final InputStream unpacked;

    ZstdLayer(InputStream packed) {
        source = new Source(packed);
        unpacked = new ZstdInputStream(source);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            return unpacked.read(target, offset, length);
        } catch (IOException e) {
            throw source.ended ? (EOFException) new EOFException("the layer ends too early").initCause(e) : e;
        } catch (RuntimeException e) {
            throw new IOException("the layer is no usable zstd: " + Quote.shorten(String.valueOf(e.getMessage())), e);
        }
    }

    @Override
    public void close() throws IOException {
        unpacked.close();
    }

    /** Knows whether its end was met. */
    private static final class Source extends FilterInputStream {
        private boolean ended;

        Source(InputStream packed) {
            super(packed);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            ended |= count < 0;
            return count;
        }
    }
}
