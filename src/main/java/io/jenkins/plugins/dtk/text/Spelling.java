package io.jenkins.plugins.dtk.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text without the escapes that printing puts in, and from where in the text that was printed each character is. Any
 * character may be escaped or not, so what is searched for is found whichever a tool chose.
 */
final class Spelling {

    private static final String CONTROLS = "abtnvfre";
    private static final String CONTROLS_MEANT = "\u0007\b\t\n\u000b\f\r\u001b";

    private char[] chars;
    private int[] starts;
    private int[] ends;
    private int length;

    private final Spelling from;

    /** Bytes of UTF-8 that were escaped one by one, and where they were. */
    private byte[] bytes = new byte[16];

    private int[] byteStarts = new int[17];
    private int held;

    private Spelling(Spelling from, int size) {
        this.from = from;
        this.chars = new char[size];
        this.starts = new int[size];
        this.ends = new int[size];
    }

    /** The text as it is. */
    static Spelling printed(String text) {
        Spelling spelling = new Spelling(null, 0);
        spelling.chars = text.toCharArray();
        spelling.length = text.length();
        return spelling;
    }

    /** Without the backslashes of JSON, Go, C, {@code printf %q} and {@code $'..'}. */
    Spelling withoutBackslashes() {
        Spelling plain = new Spelling(this, length);
        int i = 0;
        while (i < length) {
            i = chars[i] == '\\' && i + 1 < length ? plain.unescape(i) : plain.copy(i);
        }
        return plain.done(i);
    }

    /** Without the percent signs of addresses; a form's {@code +} is a space. */
    Spelling withoutPercents(boolean form) {
        Spelling plain = new Spelling(this, length);
        int i = 0;
        while (i < length) {
            int value = chars[i] == '%' ? number(i + 1, 2, 16) : -1;
            if (value >= 0) {
                i = plain.hold(value, i, i + 3);
            } else if (form && chars[i] == '+') {
                i = plain.add(' ', i, i + 1);
            } else {
                i = plain.copy(i);
            }
        }
        return plain.done(i);
    }

    /** Without the ways to write a quote within single quotes, as {@code bash -x} and careful scripts do. */
    Spelling withoutQuotes() {
        Spelling plain = new Spelling(this, length);
        int i = 0;
        while (i < length) {
            int size = startsWith(i, "'\\''") ? 4 : startsWith(i, "'\"'\"'") ? 5 : 0;
            i = size > 0 ? plain.add('\'', i, i + size) : plain.copy(i);
        }
        return plain.done(i);
    }

    char[] chars() {
        return chars;
    }

    int length() {
        return length;
    }

    /** Where in the printed text this character begins. */
    int start(int place) {
        return from == null ? place : from.start(starts[place]);
    }

    /** Where in the printed text this character ends. */
    int end(int place) {
        return from == null ? place + 1 : from.end(ends[place] - 1);
    }

    /** One escape of the text this is made from; returns where it ends. */
    private int unescape(int at) {
        char kind = from.chars[at + 1];
        if (kind == 'u' || kind == 'U') {
            int digits = kind == 'u' ? 4 : 8;
            int value = from.number(at + 2, digits, 16);
            if (Character.isBmpCodePoint(value)) {
                return add((char) value, at, at + 2 + digits);
            }
            if (Character.isValidCodePoint(value)) {
                add(Character.highSurrogate(value), at, at + 2 + digits);
                return add(Character.lowSurrogate(value), at, at + 2 + digits);
            }
        }
        int hex = kind == 'x' ? from.number(at + 2, 2, 16) : -1;
        if (hex >= 0) {
            return hold(hex, at, at + 4);
        }
        for (int digits = 3; digits > 0; digits--) {
            int octal = from.number(at + 1, digits, 8);
            if (octal >= 0 && octal < 256) {
                return hold(octal, at, at + 1 + digits);
            }
        }
        int control = CONTROLS.indexOf(kind);
        return add(control < 0 ? kind : CONTROLS_MEANT.charAt(control), at, at + 2);
    }

    /** The number in so many digits from here; -1 when there are none. */
    private int number(int at, int digits, int radix) {
        int value = 0;
        for (int i = at; i < at + digits; i++) {
            int digit = i < length && chars[i] < 128 ? Character.digit(chars[i], radix) : -1;
            if (digit < 0 || value > Character.MAX_CODE_POINT) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }

    private boolean startsWith(int at, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (at + i >= length || chars[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int copy(int at) {
        return add(from.chars[at], at, at + 1);
    }

    private int add(char c, int start, int end) {
        release(start);
        return append(c, start, end);
    }

    private int append(char c, int start, int end) {
        if (length == chars.length) {
            int size = 2 * length + 16;
            chars = Arrays.copyOf(chars, size);
            starts = Arrays.copyOf(starts, size);
            ends = Arrays.copyOf(ends, size);
        }
        chars[length] = c;
        starts[length] = start;
        ends[length++] = end;
        return end;
    }

    /** A byte below 128 is a character; others wait for the rest of theirs. */
    private int hold(int value, int start, int end) {
        if (value < 128) {
            return add((char) value, start, end);
        }
        if (held == bytes.length) {
            release(start);
        }
        bytes[held] = (byte) value;
        byteStarts[held++] = start;
        return end;
    }

    /** Makes characters of the bytes that wait; those that are no UTF-8 count one by one. */
    private void release(int next) {
        byteStarts[held] = next;
        int at = 0;
        while (at < held) {
            int size = bytes[at] >= -8 ? 1 : bytes[at] >= -16 ? 4 : bytes[at] >= -32 ? 3 : 2;
            CharBuffer decoded = decode(at, size);
            if (decoded == null) {
                append((char) (bytes[at] & 0xff), byteStarts[at], byteStarts[at + 1]);
                at++;
            } else {
                for (int i = 0; i < decoded.length(); i++) {
                    append(decoded.charAt(i), byteStarts[at], byteStarts[at + size]);
                }
                at += size;
            }
        }
        held = 0;
    }

    private CharBuffer decode(int at, int size) {
        if (at + size > held) {
            return null;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, size));
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private Spelling done(int end) {
        release(end);
        return this;
    }
}
