package io.jenkins.plugins.dtk.release;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The names and sizes that extensions of tar give to entries: a PAX header for the next entry or for all further ones
 * (POSIX.1-2017, pax, "pax Header Block"), and GNU's long names. Who ignores them reads another file than everybody
 * else.
 */
final class TarNames {

    private static final int MOST_BYTES = 1 << 20;

    private String nextName;
    private long nextSize = -1;
    private String allNames;

    /** Whether an entry of this type says something of other entries. */
    boolean isExtension(char type) {
        return type == 'x' || type == 'g' || type == 'L' || type == 'K';
    }

    /** The size of an extension, when it is not larger than any real one. */
    long checkedSize(long size) throws IOException {
        if (size > MOST_BYTES) {
            throw new IOException("the layer has a header of more than " + (MOST_BYTES >> 20) + " MiB");
        }
        return size;
    }

    /** Reads an extension. */
    void extend(char type, byte[] content) throws IOException {
        if (type == 'L') {
            nextName = text(content, 0, content.length).replaceFirst("\\x00.*$", "");
        } else if (type != 'K') {
            records(type == 'g', content);
        }
    }

    /** The size of the next entry. */
    long size(long stated) {
        long size = nextSize < 0 ? stated : nextSize;
        nextSize = -1;
        return size;
    }

    /** The path of the next entry, without a slash or dot at its start. */
    String of(String stated) {
        String name = nextName != null ? nextName : allNames != null ? allNames : stated;
        nextName = null;
        return name.replaceFirst("^(?:\\./|/)+", "");
    }

    /** Records are {@code LENGTH KEY=VALUE\n}, where the length is that of the whole record. */
    private void records(boolean forAll, byte[] content) throws IOException {
        int at = 0;
        while (at < content.length && content[at] != 0) {
            int space = at;
            while (space < content.length && space - at < 10 && content[space] >= '0' && content[space] <= '9') {
                space++;
            }
            int end = space == at ? -1 : at + Integer.parseInt(text(content, at, Math.min(space, at + 9)));
            if (end <= space || end > content.length || content[space] != ' ' || content[end - 1] != '\n') {
                throw new IOException("the layer has a PAX header that is malformed");
            }
            record(forAll, text(content, space + 1, end - 1));
            at = end;
        }
    }

    private void record(boolean forAll, String record) throws IOException {
        if (record.startsWith("path=")) {
            String path = record.substring("path=".length());
            if (forAll) {
                allNames = path;
            } else {
                nextName = path;
            }
        } else if (record.startsWith("size=") && !forAll) {
            String size = record.substring("size=".length());
            if (!size.matches("[0-9]{1,15}")) {
                throw new IOException("the layer has a PAX header that is malformed");
            }
            nextSize = Long.parseLong(size);
        }
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
