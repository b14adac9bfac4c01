package io.jenkins.plugins.dtk.release;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.zip.CRC32;

/**
 * Keeps facts by key in one file: a line per fact, {@code checksum key value}, the last line of a key counts. Lines are
 * only appended, under a lock that holds between processes too. A line that a crash or a bad disk damaged is skipped
 * when it is read, and is gone after the next clean-up. That one writes the file anew when it has grown too large, with
 * the facts that were kept last; a file beside it holds the lock, as this one is replaced.
 */
final class FactJournal {

    /** About 100,000 facts. */
    static final long MAX_BYTES = 32L << 20;

    /** One lock per file for all journals of this process: file locks hold only between processes. */
    private static final ConcurrentMap<Path, Object> LOCKS = new ConcurrentHashMap<>();

    /** The part of the memory in which facts may be held: one for those in use, one more while they are cleaned up. */
    private static final int HELD_PART = 5;

    private final Path folder;
    private final Path file;
    private final long maxBytes;
    private final Object lock;
    private final ConcurrentMap<String, String> facts;

    /**
     * Opens the journal and reads it.
     *
     * @throws IOException when the file exists and cannot be read
     */
    FactJournal(Path folder, String name) throws IOException {
        this(folder, name, MAX_BYTES);
    }

    /**
     * A journal of another size.
     *
     * @param maxBytes a larger file is cleaned up
     */
    FactJournal(Path folder, String name, long maxBytes) throws IOException {
        this.maxBytes = maxBytes;
        this.folder = folder.toAbsolutePath().normalize();
        this.file = this.folder.resolve(name);
        this.lock = LOCKS.computeIfAbsent(this.file, path -> new Object());
        this.facts = new ConcurrentHashMap<>(load());
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
        synchronized (lock) {
            Files.createDirectories(folder);
            try (FileChannel guard = FileChannel.open(beside(".lock"), CREATE, WRITE);
                    FileLock held = guard.lock()) {
                if (!held.isValid()) {
                    throw new IOException("the lock of " + file + " is lost");
                }
                append(line(key, value).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private Path beside(String ending) {
        return folder.resolve(file.getFileName() + ending);
    }

    private void append(byte[] line) throws IOException {
        try (FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE)) {
            channel.position(channel.size());
            if (!endsWithLine(channel)) {
                write(channel, new byte[] {'\n'}); // after a crash in the middle of a line
            }
            write(channel, line);
            if (channel.size() <= maxBytes) {
                return;
            }
        }
        cleanUp();
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

    /** Writes the facts anew, each once: all, or those kept last if all were more than half of what is allowed. */
    private void cleanUp() throws IOException {
        List<Map.Entry<String, String>> all = new ArrayList<>(load().entrySet());
        int first = all.size();
        for (long size = 0; first > 0; first--) {
            size += line(all.get(first - 1)).getBytes(StandardCharsets.UTF_8).length;
            if (size > maxBytes / 2) {
                break;
            }
        }
        Path fresh = beside(".new");
        try (Writer out = Files.newBufferedWriter(fresh)) {
            for (Map.Entry<String, String> fact : all.subList(first, all.size())) {
                out.write(line(fact));
            }
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The facts in the order in which they were kept last; the oldest are left out where all are too many to hold. */
    private Map<String, String> load() throws IOException {
        RecentFacts read = new RecentFacts(Runtime.getRuntime().maxMemory() / HELD_PART);
        if (!Files.exists(file)) {
            return read.facts();
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is not a file");
        }
        try (InputStream bytes = Files.newInputStream(file)) {
            JournalLines lines = new JournalLines(bytes);
            for (String line = lines.next(); line != null; line = lines.next()) {
                addIntact(read, line);
            }
        }
        return read.facts();
    }

    private static void addIntact(RecentFacts read, String line) {
        String[] parts = line.split(" ", 3);
        if (parts.length == 3 && parts[0].equals(checksum(parts[1] + " " + parts[2]))) {
            read.add(parts[1], parts[2]);
        }
    }

    private static String line(Map.Entry<String, String> fact) {
        return line(fact.getKey(), fact.getValue());
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
