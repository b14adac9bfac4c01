package io.jenkins.plugins.dtk.kmod;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * A {@code Module.symvers}: the symbols that a kernel, or a vendor's modules, export, with their checksums. Each line is
 * checksum, symbol, module, kind of export, separated by tabs (torvalds/linux Documentation/kbuild/modules.rst).
 *
 * @param checksums by symbol; 0 for one without
 */
public record Symvers(Map<String, Integer> checksums) {

    /** A kernel of RHEL 9 has about 2 MiB and 30,000 symbols. */
    private static final int MOST_BYTES = 64 << 20;

    private static final int MOST_SYMBOLS = 500_000;

    /** A table without any symbol. */
    public static final Symvers NONE = new Symvers(Map.of());

    /** Makes the table unmodifiable. */
    public Symvers {
        checksums = Collections.unmodifiableMap(checksums);
    }

    /**
     * Reads a table, plain or packed with gzip, xz or zstd.
     *
     * @param name what it is called in messages
     * @throws IOException when the stream cannot be read
     * @throws Failure when it is no such table; one line that names it
     */
    public static Symvers read(String name, InputStream content) throws IOException {
        byte[] file = content.readNBytes(MOST_BYTES);
        try {
            return new Symvers(parse(Compression.unpack(file, MOST_BYTES)));
        } catch (IOException | NumberFormatException e) {
            throw new Failure(Kind.INVALID, name + " is no Module.symvers: " + e.getMessage(), e);
        }
    }

    private static Map<String, Integer> parse(byte[] text) throws IOException {
        Map<String, Integer> found = new HashMap<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new ByteArrayInputStream(text), StandardCharsets.ISO_8859_1))) {
            int number = 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine(), number++) {
                int first = line.indexOf('\t');
                int second = line.indexOf('\t', first + 1);
                if (second < 0 || !line.startsWith("0x")) {
                    throw new IOException("line " + number + " is not a checksum, a symbol and a module");
                }
                // Zero-extended to 16 digits by kernels before Linux 5.0.
                found.put(line.substring(first + 1, second), (int) Long.parseLong(line, 2, first, 16));
                if (found.size() > MOST_SYMBOLS) {
                    throw new IOException("it has more than " + MOST_SYMBOLS + " symbols");
                }
            }
        }
        if (found.isEmpty()) {
            throw new IOException("it is empty");
        }
        return found;
    }

    /** Whether the kernel was built with checksums (CONFIG_MODVERSIONS). */
    public boolean hasChecksums() {
        return checksums.values().stream().anyMatch(checksum -> checksum != 0);
    }
}
