package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.text.Foreign;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file that a user names. Errors name the file and never quote what is in it. */
final class TextFile {

    /** Larger than any pull secret, bundle of certificates, pipeline or catalog. */
    private static final int LONGEST = 16 << 20;

    private TextFile() {}

    /**
     * Reads text in UTF-8.
     *
     * @throws IllegalArgumentException when it cannot be read; one line
     */
    static String read(Path file) {
        byte[] bytes = bytes(file);
        try {
            return Foreign.withoutMark(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    "'" + file + "' is " + Foreign.form(bytes).orElse("not text in UTF-8"), e);
        }
    }

    /**
     * Reads what need not be text, such as a key.
     *
     * @throws IllegalArgumentException when it cannot be read; one line
     */
    static byte[] bytes(Path file) {
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException("'" + file + "' is a folder, not a file");
        }
        if (!Files.exists(file)) {
            throw new IllegalArgumentException("there is no file '" + file + "'");
        }
        if (!Files.isRegularFile(file) && !isHandedOver(file)) {
            throw new IllegalArgumentException(
                    "'" + file + "' is a pipe or a device, not a file; a pipe can be given as" + " /dev/stdin");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw new IllegalArgumentException("'" + file + "' is larger than " + (LONGEST >> 20) + " MiB");
            }
            return bytes;
        } catch (AccessDeniedException e) {
            throw new IllegalArgumentException("'" + file + "' may not be read by you", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("'" + file + "' cannot be read", e);
        }
    }

    /** Whether the shell has opened it for us; a named pipe would be waited for, perhaps for ever. */
    private static boolean isHandedOver(Path file) {
        String path = file.toString();
        return path.equals("/dev/stdin") || path.startsWith("/dev/fd/") || path.startsWith("/proc/self/fd/");
    }
}
