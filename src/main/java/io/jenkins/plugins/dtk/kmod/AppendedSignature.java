package io.jenkins.plugins.dtk.kmod;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * How a signature stands behind a module: PKCS#7, then twelve bytes that say how long it is, then a line of text
 * (torvalds/linux include/linux/module_signature.h, scripts/sign-file.c).
 */
final class AppendedSignature {

    private static final byte[] MARK = "~Module signature appended~\n".getBytes(StandardCharsets.US_ASCII);
    private static final int TRAILER = 12;
    private static final int PKCS7 = 2;

    private AppendedSignature() {}

    /**
     * The PKCS#7 behind a module; empty when it has no signature.
     *
     * @throws IOException when there is one that cannot be read; one line
     */
    static Optional<byte[]> of(byte[] module) throws IOException {
        int trailer = module.length - MARK.length - TRAILER;
        if (trailer < 0 || !Arrays.equals(module, module.length - MARK.length, module.length, MARK, 0, MARK.length)) {
            return Optional.empty();
        }
        if (module[trailer + 2] != PKCS7) {
            throw new IOException("its signature is of another kind than PKCS#7");
        }
        int length = ByteBuffer.wrap(module).getInt(trailer + 8);
        if (length <= 0 || length > trailer) {
            throw new IOException("its signature is damaged");
        }
        return Optional.of(Arrays.copyOfRange(module, trailer - length, trailer));
    }

    /** A module without its signature; one that has none as it is. */
    static byte[] removed(byte[] module) throws IOException {
        Optional<byte[]> pkcs7 = of(module);
        return pkcs7.isEmpty()
                ? module
                : Arrays.copyOf(module, module.length - MARK.length - TRAILER - pkcs7.get().length);
    }

    /** A module with a signature behind it. */
    static byte[] added(byte[] module, byte[] pkcs7) {
        ByteArrayOutputStream file = new ByteArrayOutputStream(module.length + pkcs7.length + TRAILER + MARK.length);
        file.writeBytes(module);
        file.writeBytes(pkcs7);
        file.writeBytes(ByteBuffer.allocate(TRAILER)
                .put(2, (byte) PKCS7)
                .putInt(8, pkcs7.length)
                .array());
        file.writeBytes(MARK);
        return file.toByteArray();
    }
}
