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
 * A {@code Module.symvers}: the symbols that a kernel, or a vendor's modules, export. Each line is checksum, symbol,
 * module, kind of export and, since Linux 5.4, namespace, separated by tabs (torvalds/linux
 * Documentation/kbuild/modules.rst).
 *
 * @param exports by symbol
 */
public record Symvers(Map<String, Export> exports) {

    /** A kernel of RHEL 9 has about 2 MiB and 30,000 symbols. */
    private static final int MOST_BYTES = 64 << 20;

    private static final int MOST_SYMBOLS = 500_000;

    /** A table without any symbol. */
    public static final Symvers NONE = new Symvers(Map.of());

    /**
     * What is known of an exported symbol.
     *
     * @param checksum 0 for one without
     * @param gplOnly whether it is for modules alone whose licence is compatible with the GPL
     * @param namespace that a module has to import; empty for none
     * @param builtIn whether it is in the kernel itself, not in a module
     */
    public record Export(int checksum, boolean gplOnly, String namespace, boolean builtIn) {}

    /** Makes the table unmodifiable. */
    public Symvers {
        exports = Collections.unmodifiableMap(exports);
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

    private static Map<String, Export> parse(byte[] text) throws IOException {
        Map<String, Export> found = new HashMap<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new ByteArrayInputStream(text), StandardCharsets.ISO_8859_1))) {
            int number = 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine(), number++) {
                String[] fields = line.split("\t", -1);
                if (fields.length < 3 || !line.startsWith("0x")) {
                    throw new IOException("line " + number + " is not a checksum, a symbol and a module");
                }
                found.put(fields[1], export(fields));
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

    /** The namespace is the last field; in Linux 5.4 and 5.5 it stood before the module. */
    private static Export export(String[] fields) {
        boolean early = fields.length > 4 && fields[4].startsWith("EXPORT_");
        String module = fields[early ? 3 : 2];
        String kind = fields.length < 4 ? "" : fields[early ? 4 : 3];
        String namespace = fields.length < 5 ? "" : fields[early ? 2 : 4];
        // Zero-extended to 16 digits by kernels before Linux 5.0.
        int checksum = (int) Long.parseLong(fields[0], 2, fields[0].length(), 16);
        return new Export(checksum, kind.endsWith("_GPL"), namespace.intern(), module.equals("vmlinux"));
    }

    /** Whether the kernel was built with checksums (CONFIG_MODVERSIONS). */
    public boolean hasChecksums() {
        return exports.values().stream().anyMatch(export -> export.checksum() != 0);
    }
}
