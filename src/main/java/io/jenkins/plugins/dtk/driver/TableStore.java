package io.jenkins.plugins.dtk.driver;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Keeps tables in a folder, a file for each, packed: about 400 KB for a kernel of RHEL 9. The folder is bounded: those
 * that were used last stay. A folder that cannot be read or written costs time, never the result.
 */
final class TableStore {

    /** All that RHEL CoreOS has shipped, in each flavour and architecture, is below a thousand kernels, with two each. */
    private static final int MOST_FILES = 2000;

    private static final int MOST_BYTES = 64 << 20;

    private final Path folder;
    private final int mostFiles;
    private final Consumer<String> warnings;
    private final AtomicBoolean warned = new AtomicBoolean();

    /**
     * @param folder made when the first table is kept; null keeps nothing
     * @param warnings takes a line when the folder cannot be written
     */
    TableStore(Path folder, Consumer<String> warnings) {
        this(folder, MOST_FILES, warnings);
    }

    /** The same with another bound. */
    TableStore(Path folder, int mostFiles, Consumer<String> warnings) {
        this.folder = folder;
        this.mostFiles = mostFiles;
        this.warnings = warnings;
    }

    /** The table of a key; empty when it is not kept, or cannot be read. */
    Optional<byte[]> get(String key) {
        if (folder == null) {
            return Optional.empty();
        }
        Path file = file(key);
        try (InputStream packed = new GZIPInputStream(Files.newInputStream(file))) {
            byte[] table = packed.readNBytes(MOST_BYTES);
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            return Optional.of(table);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    void put(String key, byte[] table) {
        if (folder == null) {
            return;
        }
        try {
            Files.createDirectories(folder);
            Path fresh = Files.createTempFile(folder, "new", ".tmp");
            Files.write(fresh, packed(table));
            Files.move(fresh, file(key), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            cleanUp();
        } catch (IOException e) {
            if (warned.compareAndSet(false, true)) {
                warnings.accept("the tables of symbols cannot be kept in " + folder + ": " + e.getMessage());
            }
        }
    }

    private void cleanUp() throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            all.forEach(files::add);
        }
        if (files.size() > mostFiles) {
            files.sort(Comparator.comparing(TableStore::lastUsed));
            for (Path oldest : files.subList(0, files.size() - mostFiles)) {
                Files.deleteIfExists(oldest);
            }
        }
    }

    private static Instant lastUsed(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            return Instant.EPOCH;
        }
    }

    private Path file(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return folder.resolve(HexFormat.of().formatHex(digest) + ".gz");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is packed already stays as it is within. */
    private static byte[] packed(byte[] table) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            new ByteArrayInputStream(table).transferTo(gzip);
        }
        return bytes.toByteArray();
    }
}
