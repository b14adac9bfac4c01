package io.jenkins.plugins.dtk.kmod;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * A value in ASN.1's DER, as far as signatures and keys need it: tag and content, with values one after the other within
 * (ITU-T X.690).
 */
final class Der {

    static final int INTEGER = 0x02;
    static final int OCTETS = 0x04;
    static final int NULL = 0x05;
    static final int OBJECT = 0x06;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;

    /** The first of a value's optional parts. */
    static final int FIRST = 0xa0;

    private final byte[] bytes;
    private final int end;
    private int at;

    /** Walks the values in these bytes. */
    Der(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private Der(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    boolean isAtEnd() {
        return at >= end;
    }

    /** The tag of the next value; -1 at the end. */
    int tag() {
        return isAtEnd() ? -1 : bytes[at] & 0xff;
    }

    /** Goes into the next value, which must have this tag, and behind it in this one. */
    Der enter(int tag) throws IOException {
        if (tag() != tag) {
            throw damaged();
        }
        int[] content = content();
        at = content[1];
        return new Der(bytes, content[0], content[1]);
    }

    /** The next value as it stands, its tag included; goes behind it. */
    byte[] whole() throws IOException {
        int from = at;
        at = content()[1];
        return Arrays.copyOfRange(bytes, from, at);
    }

    /** A value: its tag, its length, its parts one after the other. */
    static byte[] value(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.write(tag);
        int length = content.size();
        if (length < 0x80) {
            value.write(length);
        } else {
            int digits = (39 - Integer.numberOfLeadingZeros(length)) / 8;
            value.write(0x80 | digits);
            for (int i = digits - 1; i >= 0; i--) {
                value.write(length >> 8 * i);
            }
        }
        value.writeBytes(content.toByteArray());
        return value.toByteArray();
    }

    /** The identifier of an object. */
    static byte[] object(int... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(40 * parts[0] + parts[1]);
        for (int i = 2; i < parts.length; i++) {
            int digits = Math.max(1, (38 - Integer.numberOfLeadingZeros(parts[i])) / 7);
            for (int digit = digits - 1; digit >= 0; digit--) {
                content.write(parts[i] >> 7 * digit & 0x7f | (digit > 0 ? 0x80 : 0));
            }
        }
        return value(OBJECT, content.toByteArray());
    }

    /** What is left of the content. */
    byte[] rest() {
        return Arrays.copyOfRange(bytes, at, end);
    }

    /** Where the content of the next value begins and ends. */
    private int[] content() throws IOException {
        if (end - at < 2) {
            throw damaged();
        }
        int length = bytes[at + 1] & 0xff;
        int from = at + 2;
        if (length > 0x80) {
            int digits = length & 0x7f;
            if (digits > 3 || end - from < digits) {
                throw damaged();
            }
            length = 0;
            for (int i = 0; i < digits; i++) {
                length = length << 8 | bytes[from++] & 0xff;
            }
        } else if (length == 0x80) {
            throw damaged();
        }
        if (length > end - from) {
            throw damaged();
        }
        return new int[] {from, from + length};
    }

    private static IOException damaged() {
        return new IOException("its signature is damaged");
    }
}
