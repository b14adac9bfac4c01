package io.jenkins.plugins.dtk.json;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Text without the byte order mark that some editors write before it (RFC 8259, section 8.1, allows to ignore it). */
final class Unmarked extends FilterReader {

    private static final char MARK = '\ufeff';

    private boolean begun;

    Unmarked(Reader text) {
        super(text);
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        if (!begun && count > 0) {
            begun = true;
            if (target[offset] == MARK) {
                System.arraycopy(target, offset + 1, target, offset, count - 1);
                return count > 1 ? count - 1 : super.read(target, offset, length);
            }
        }
        return count;
    }
}
