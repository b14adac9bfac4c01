package io.jenkins.plugins.dtk.kmod;

import io.jenkins.plugins.dtk.kmod.Elf.Section;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The checksums of the symbols that a module was built against: in {@code __versions}, entries of 64 bytes, or since
 * Linux 6.14 in {@code __version_ext_crcs} with their names in {@code __version_ext_names}; where a module has both, the
 * kernel relies on the second (torvalds/linux kernel/module/version.c, include/linux/module.h).
 */
final class ModuleChecksums {

    private static final int ENTRY = 64;
    private static final int MOST = 200_000;

    private ModuleChecksums() {}

    /** Checksums by symbol; empty where the module was built without any. */
    static Map<String, Integer> of(Elf elf) throws IOException {
        Optional<Section> extended = elf.section("__version_ext_crcs");
        Optional<Section> names = elf.section("__version_ext_names");
        if (extended.isPresent() && names.isPresent()) {
            return extended(elf.bytes(extended.get()), elf.bytes(names.get()));
        }
        Optional<Section> basic = elf.section("__versions");
        return basic.isEmpty() ? Map.of() : basic(elf, elf.bytes(basic.get()));
    }

    private static Map<String, Integer> extended(ByteBuffer checksums, ByteBuffer names) throws IOException {
        Map<String, Integer> found = new HashMap<>();
        int name = 0;
        for (int at = 0; at + 4 <= checksums.limit(); at += 4) {
            String symbol = Elf.name(names, name);
            name += symbol.length() + 1;
            add(found, symbol, checksums.getInt(at));
        }
        return Collections.unmodifiableMap(found);
    }

    /** Each entry is an unsigned long, of the machine's width, and a name. */
    private static Map<String, Integer> basic(Elf elf, ByteBuffer entries) throws IOException {
        Map<String, Integer> found = new HashMap<>();
        int word = elf.isWide() ? 8 : 4;
        for (int at = 0; at + ENTRY <= entries.limit(); at += ENTRY) {
            long checksum = elf.isWide() ? entries.getLong(at) : entries.getInt(at);
            ByteBuffer name = entries.slice(at + word, ENTRY - word);
            add(found, Elf.name(name, 0), (int) checksum);
        }
        return Collections.unmodifiableMap(found);
    }

    private static void add(Map<String, Integer> found, String symbol, int checksum) throws IOException {
        found.put(symbol, checksum);
        if (found.size() > MOST) {
            throw new IOException("it has more than " + MOST + " checksums");
        }
    }
}
