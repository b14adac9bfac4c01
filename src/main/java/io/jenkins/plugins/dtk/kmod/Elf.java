package io.jenkins.plugins.dtk.kmod;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The sections of an ELF object file, 32 or 64 bits wide, of either byte order (the System V ABI, gabi chapter 4).
 * Nothing that the file says of places and sizes is believed: what lies outside of it is reported.
 */
final class Elf {

    /** A module built with a section for each function has some ten thousand. */
    private static final int MOST_SECTIONS = 200_000;

    /** The kernel's KSYM_NAME_LEN is 512. */
    private static final int LONGEST_NAME = 1024;

    private static final int RELOCATABLE = 1;
    private static final int NO_BITS = 8;

    /** The real index stands elsewhere. */
    static final int EXTENDED = 0xffff;

    private final ByteBuffer file;
    private final boolean wide;
    private final List<Section> sections = new ArrayList<>();

    /**
     * A section.
     *
     * @param link another section's index, by type
     */
    record Section(String name, int type, long offset, long size, int link) {}

    /**
     * Reads the headers.
     *
     * @throws IOException when it is no ELF object file, or damaged; one line
     */
    Elf(byte[] content) throws IOException {
        file = ByteBuffer.wrap(content);
        if (content.length < 52 || file.getInt(0) != 0x7f454c46) {
            throw new IOException("it is no ELF file");
        }
        if (content[4] < 1 || content[4] > 2 || content[5] < 1 || content[5] > 2) {
            throw new IOException("its ELF header is damaged");
        }
        wide = content[4] == 2;
        file.order(content[5] == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        if (file.getShort(16) != RELOCATABLE) {
            throw new IOException("it is an ELF file, but no object file as modules are");
        }
        readSections();
    }

    private void readSections() throws IOException {
        long table = word(wide ? 40 : 32);
        int entry = half(wide ? 58 : 46);
        if (entry < (wide ? 64 : 40)) {
            throw new IOException("its ELF header is damaged");
        }
        long count = half(wide ? 60 : 48);
        int names = half(wide ? 62 : 50);
        range(table, entry);
        Section first = section((int) table, null);
        count = count == 0 ? first.size() : count;
        names = names == EXTENDED ? first.link() : names;
        if (count > MOST_SECTIONS) {
            throw new IOException("it has more than " + MOST_SECTIONS + " sections");
        }
        range(table, count * entry);
        if (names < 0 || names >= count) {
            throw new IOException("its sections have no names");
        }
        ByteBuffer text = bytes(section((int) table + names * entry, null));
        for (int i = 0; i < count; i++) {
            sections.add(section((int) table + i * entry, text));
        }
    }

    private Section section(int at, ByteBuffer names) throws IOException {
        String name = names == null ? "" : name(names, file.getInt(at));
        return new Section(
                name,
                file.getInt(at + 4),
                word(at + (wide ? 24 : 16)),
                word(at + (wide ? 32 : 20)),
                file.getInt(at + (wide ? 40 : 24)));
    }

    private long word(int at) {
        return wide ? file.getLong(at) : file.getInt(at) & 0xffffffffL;
    }

    private int half(int at) {
        return file.getShort(at) & 0xffff;
    }

    /** Checks that bytes lie within the file. */
    private void range(long from, long length) throws IOException {
        if (from < 0 || length < 0 || from > file.limit() || length > file.limit() - from) {
            throw new IOException("it is cut off or damaged: a part of it lies outside of the file");
        }
    }

    boolean isWide() {
        return wide;
    }

    int machine() {
        return half(18);
    }

    List<Section> sections() {
        return sections;
    }

    Optional<Section> section(String name) {
        return sections.stream().filter(section -> section.name().equals(name)).findFirst();
    }

    /** The section of an index that the file names. */
    Section section(int index) throws IOException {
        if (index < 0 || index >= sections.size()) {
            throw new IOException("it is damaged: it names a section that it does not have");
        }
        return sections.get(index);
    }

    /** What a section holds, in the file's byte order; empty for one that has no bytes in the file. */
    ByteBuffer bytes(Section section) throws IOException {
        if (section.type() == NO_BITS) {
            return ByteBuffer.allocate(0);
        }
        range(section.offset(), section.size());
        return file.slice((int) section.offset(), (int) section.size()).order(file.order());
    }

    /** The text from a place up to the next NUL. */
    static String name(ByteBuffer texts, int from) throws IOException {
        int end = from;
        while (end >= 0 && end < texts.limit() && texts.get(end) != 0 && end - from <= LONGEST_NAME) {
            end++;
        }
        if (from < 0 || end >= texts.limit() || end - from > LONGEST_NAME) {
            throw new IOException("it is damaged: a name in it has no end");
        }
        byte[] name = new byte[end - from];
        texts.get(from, name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }
}
