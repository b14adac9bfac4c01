package io.jenkins.plugins.dtk.release;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The content of one entry of a tar. Its end is the entry's; that of the archive before it is an error. */
class TarEntry extends InputStream {

    private final InputStream tar;
    private long left;

    TarEntry(InputStream tar, long size) {
        this.tar = tar;
        this.left = size;
    }

    /** How many bytes of it are still to be read. */
    long left() {
        return left;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (left == 0 || length == 0) {
            return length == 0 ? 0 : -1;
        }
        int count = tar.read(target, offset, (int) Math.min(left, length));
        if (count < 0) {
            throw new EOFException("the layer ends too early");
        }
        left -= count;
        return count;
    }
}
