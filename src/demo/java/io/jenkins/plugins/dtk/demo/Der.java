package io.jenkins.plugins.dtk.demo;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/** Values in DER, the encoding of certificates (ITU-T X.690). */
final class Der {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private Der() {}

    /** A value of this tag: the parts of its content one after the other. */
    static byte[] value(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        int length = content.size();
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.write(tag);
        if (length >= 256) {
            value.write(0x82);
            value.write(length >>> 8);
        } else if (length >= 128) {
            value.write(0x81);
        }
        value.write(length);
        value.writeBytes(content.toByteArray());
        return value.toByteArray();
    }

    static byte[] sequence(byte[]... parts) {
        return value(0x30, parts);
    }

    static byte[] integer(BigInteger number) {
        return value(0x02, number.toByteArray());
    }

    static byte[] yes() {
        return value(0x01, new byte[] {-1});
    }

    static byte[] nothing() {
        return value(0x05);
    }

    /** An object identifier, given in its encoded form. */
    static byte[] oid(String hex) {
        return value(0x06, HexFormat.of().parseHex(hex));
    }

    /** Whole bytes as a string of bits. */
    static byte[] bits(byte[] bytes) {
        return value(0x03, new byte[] {0}, bytes);
    }

    /** A moment as GeneralizedTime. */
    static byte[] time(Instant moment) {
        return value(0x18, TIME.format(moment).getBytes(StandardCharsets.US_ASCII));
    }

    /** A distinguished name of a common name alone. */
    static byte[] name(String common) {
        byte[] text = value(0x0c, common.getBytes(StandardCharsets.UTF_8));
        return sequence(value(0x31, sequence(oid("550403"), text)));
    }

    /** An extension that no one has to understand. */
    static byte[] extension(String oid, byte[] content) {
        return sequence(oid(oid), value(0x04, content));
    }
}
