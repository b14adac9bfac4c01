package io.jenkins.plugins.dtk.embedded;

import hudson.console.LineTransformationOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Cuts UTF-8 into lines, which go on whole, so that nothing that is to be hidden is seen in two parts. Of a line that
 * is longer than fits, a part at its end could be cut in the middle of a secret; that part is left out.
 */
final class LineStream extends LineTransformationOutputStream {

    /** Longer ones come in pieces of this many bytes. */
    static final int LONGEST_LINE = 1 << 20;

    private static final int LEFT_OUT = 1 << 16;

    private final Consumer<String> lines;
    private boolean cut;

    LineStream(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public synchronized void write(int b) throws IOException {
        super.write(b);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        super.write(bytes, offset, length);
    }

    @Override
    public synchronized void close() throws IOException {
        super.close();
    }

    @Override
    protected void eol(byte[] bytes, int length) {
        boolean whole = bytes[length - 1] == '\n' || length < LONGEST_LINE;
        String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
        if (!cut) {
            lines.accept(
                    whole
                            ? text.replaceFirst("\r?\n?$", "")
                            : text.substring(0, Math.max(0, text.length() - LEFT_OUT)) + " ... (line too long)");
        }
        cut = !whole;
    }
}
