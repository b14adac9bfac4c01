package io.jenkins.plugins.dtk.release;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.zip.CRC32;

/**
 * Keeps facts by key in one file: a line per fact, {@code checksum key value}, the last line of a key counts. Lines are
 * only appended, under a lock that holds between processes too. A line that a crash or a bad disk damaged is skipped
 * when it is read, and is gone after the next clean-up, which writes the file anew when it has grown too large.
 */
final class FactJournal {

    /** About 100,000 facts. */
    static final long MAX_BYTES = 32L << 20;

    /** One lock per file for all journals of this process: file locks hold only between processes. */
    private static final ConcurrentMap<Path, Object> LOCKS = new ConcurrentHashMap<>();

    private final Path folder;
    private final Path file;
    private final Object lock;
    private final ConcurrentMap<String, String> facts;

    /**
     * Opens the journal and reads it.
     *
     * @throws IOException when the file exists and cannot be read
     */
    FactJournal(Path folder, String name) throws IOException {
        this.folder = folder.toAbsolutePath().normalize();
        this.file = this.folder.resolve(name);
        this.lock = LOCKS.computeIfAbsent(this.file, path -> new Object());
        this.facts = new ConcurrentHashMap<>(read());
    }

    /** The value of a key, or null. */
    String get(String key) {
        return facts.get(key);
    }

    /**
     * Keeps a fact.
     *
     * @param key without white space
     * @param value without line breaks
     * @throws IOException when it cannot be written; the fact is known to this object all the same
     */
    void put(String key, String value) throws IOException {
        if (value.equals(facts.put(key, value))) {
            return;
        }
        byte[] line = line(key, value).getBytes(StandardCharsets.UTF_8);
        synchronized (lock) {
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(
                            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                append(channel, line, held);
            }
        }
    }

    private void append(FileChannel channel, byte[] line, FileLock held) throws IOException {
        if (channel.size() > MAX_BYTES) {
            rewrite();
            return;
        }
        channel.position(channel.size());
        if (!endsWithLine(channel)) {
            write(channel, new byte[] {'\n'}); // after a crash in the middle of a line
        }
        write(channel, line);
        assert held.isValid();
    }

    private static boolean endsWithLine(FileChannel channel) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        return channel.size() == 0 || (channel.read(last, channel.size() - 1) == 1 && last.get(0) == '\n');
    }

    private static void write(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Writes all that is known into a new file; where that is still too much, starts with nothing. */
    private void rewrite() throws IOException {
        Map<String, String> known = new LinkedHashMap<>(read());
        known.putAll(facts);
        StringBuilder text = new StringBuilder();
        known.forEach((key, value) -> text.append(line(key, value)));
        Path fresh = Files.createTempFile(folder, "journal", ".new");
        try {
            Files.writeString(fresh, text.length() > MAX_BYTES / 2 ? "" : text);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private Map<String, String> read() throws IOException {
        Map<String, String> read = new LinkedHashMap<>();
        if (!Files.exists(file)) {
            return read;
        }
        try (InputStream bytes = Files.newInputStream(file)) {
            String text = new String(bytes.readNBytes((int) (2 * MAX_BYTES)), StandardCharsets.UTF_8);
            text.lines().forEach(line -> addIntact(read, line));
        }
        return read;
    }

    private static void addIntact(Map<String, String> read, String line) {
        String[] parts = line.split(" ", 3);
        if (parts.length == 3 && parts[0].equals(checksum(parts[1] + " " + parts[2]))) {
            read.put(parts[1], parts[2]);
        }
    }

    private static String line(String key, String value) {
        String text = key + " " + value;
        return checksum(text) + " " + text + "\n";
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
