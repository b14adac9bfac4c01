package io.jenkins.plugins.dtk.embedded;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Cuts UTF-8 into lines, which go on whole, so that nothing that is to be hidden is seen in two parts. Of a line that
 * is longer than fits, a part at its end could be cut in the middle of a secret; that part is left out.
 */
final class LineStream extends OutputStream {

    static final int LONGEST_LINE = 1 << 20;
    private static final int LEFT_OUT = 1 << 16;

    private final Consumer<String> lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    LineStream(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public synchronized void write(int b) {
        if (b == '\n') {
            passOn();
        } else if (line.size() < LONGEST_LINE) {
            line.write(b);
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            write(bytes[i]);
        }
    }

    @Override
    public synchronized void close() {
        if (line.size() > 0) {
            passOn();
        }
    }

    private void passOn() {
        String text = line.toString(StandardCharsets.UTF_8);
        boolean whole = line.size() < LONGEST_LINE;
        line.reset();
        if (whole) {
            lines.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
        } else {
            lines.accept(text.substring(0, Math.max(0, text.length() - LEFT_OUT)) + " ... (line too long)");
        }
    }
}
