package hudson.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A stream that gets what is written to it line by line. */
public abstract class LineTransformationOutputStream extends OutputStream {

    /** A longer line comes in pieces, so that output without line ends does not fill the memory. */
    private static final int LIMIT = 1 << 20;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** Gets one line: the first {@code len} bytes, with its line end if it has one. */
    protected abstract void eol(byte[] bytes, int len) throws IOException;

    @Override
    public void write(int b) throws IOException {
        line.write(b);
        if (b == '\n' || line.size() >= LIMIT) {
            forceEol();
        }
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        int start = offset;
        for (int i = offset; i < offset + length; i++) {
            if (buffer[i] == '\n' || line.size() + i - start + 1 >= LIMIT) {
                line.write(buffer, start, i - start + 1);
                start = i + 1;
                forceEol();
            }
        }
        line.write(buffer, start, offset + length - start);
    }

    /** Passes on what was written since the last line end, if anything. */
    public void forceEol() throws IOException {
        if (line.size() > 0) {
            byte[] bytes = line.toByteArray();
            line.reset();
            eol(bytes, bytes.length);
        }
    }

    @Override
    public void close() throws IOException {
        super.close();
        forceEol();
    }

    /** One that writes to another stream. */
    public abstract static class Delegating extends LineTransformationOutputStream {

        protected final OutputStream out;

        protected Delegating(OutputStream out) {
            this.out = out;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            super.close();
            out.close();
        }
    }
}
