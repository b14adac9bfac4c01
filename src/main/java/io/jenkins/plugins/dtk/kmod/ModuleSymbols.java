package io.jenkins.plugins.dtk.kmod;

import io.jenkins.plugins.dtk.kmod.Elf.Section;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The symbols of a module: those it uses and those it exports. What it exports is marked by a symbol
 * {@code __ksymtab_NAME}; its checksum is the value of {@code __crc_NAME}, or stands where that points
 * (torvalds/linux scripts/mod/modpost.c).
 */
final class ModuleSymbols {

    private static final int SYMBOL_TABLE = 2;
    private static final int SYMBOL_INDEXES = 18;
    private static final int UNDEFINED = 0;
    private static final int ABSOLUTE = 0xfff1;
    private static final int WEAK = 2;
    private static final String EXPORT = "__ksymtab_";
    private static final String CHECKSUM = "__crc_";

    /** No module uses as many. */
    private static final int MOST_USED = 200_000;

    private final Elf elf;
    private final Set<String> used = new TreeSet<>();
    private final Map<String, Integer> exports = new HashMap<>();
    private final Map<String, Integer> checksums = new HashMap<>();
    private ByteBuffer extended;

    private ModuleSymbols(Elf elf) {
        this.elf = elf;
    }

    static ModuleSymbols of(Elf elf) throws IOException {
        ModuleSymbols symbols = new ModuleSymbols(elf);
        for (Section section : elf.sections()) {
            if (section.type() == SYMBOL_INDEXES) {
                symbols.extended = elf.bytes(section);
            }
        }
        for (Section section : elf.sections()) {
            if (section.type() == SYMBOL_TABLE) {
                symbols.add(elf.bytes(section), elf.bytes(elf.section(section.link())));
            }
        }
        symbols.exports.replaceAll((name, none) -> symbols.checksums.getOrDefault(name, 0));
        return symbols;
    }

    private void add(ByteBuffer table, ByteBuffer names) throws IOException {
        int size = elf.isWide() ? 24 : 16;
        for (int at = size; at + size <= table.limit(); at += size) {
            int section = table.getShort(at + (elf.isWide() ? 6 : 14)) & 0xffff;
            int binding = table.get(at + (elf.isWide() ? 4 : 12)) >> 4 & 0xf;
            boolean isUsed = section == UNDEFINED && binding != 0 && binding != WEAK;
            int name = table.getInt(at);
            if (isUsed) {
                use(Elf.name(names, name));
            } else if (section != UNDEFINED && startsWithTwoLines(names, name)) {
                defined(
                        Elf.name(names, name),
                        section == Elf.EXTENDED ? extendedIndex(at / size) : section,
                        elf.isWide() ? table.getLong(at + 8) : table.getInt(at + 4) & 0xffffffffL);
            }
        }
    }

    private void use(String name) throws IOException {
        if (name.isEmpty() || isMadeByLinker(name)) {
            return;
        }
        used.add(name);
        if (used.size() > MOST_USED) {
            throw new IOException("it uses more than " + MOST_USED + " symbols");
        }
    }

    /** A quick look before a name is made: most of a module's symbols are no exports. */
    private static boolean startsWithTwoLines(ByteBuffer names, int at) {
        return at > 0 && at + 2 < names.limit() && names.get(at) == '_' && names.get(at + 1) == '_';
    }

    private int extendedIndex(int symbol) throws IOException {
        if (extended == null || 4L * symbol + 4 > extended.limit()) {
            throw new IOException("it is damaged: a symbol names no section");
        }
        return extended.getInt(4 * symbol);
    }

    private void defined(String name, int section, long value) throws IOException {
        if (name.startsWith(EXPORT)) {
            exports.put(name.substring(EXPORT.length()), 0);
        } else if (name.startsWith(CHECKSUM)) {
            checksums.put(name.substring(CHECKSUM.length()), checksum(section, value));
        }
    }

    private int checksum(int section, long value) throws IOException {
        if (section == ABSOLUTE) {
            return (int) value;
        }
        ByteBuffer content = elf.bytes(elf.section(section));
        if (value < 0 || value > content.limit() - 4L) {
            throw new IOException("it is damaged: a checksum lies outside of its section");
        }
        return content.getInt((int) value);
    }

    /** What modpost ignores, since the linker or the loader gives it (torvalds/linux scripts/mod/modpost.c). */
    private boolean isMadeByLinker(String name) {
        if (name.equals("__this_module") || name.equals("_GLOBAL_OFFSET_TABLE_")) {
            return true;
        }
        return switch (elf.machine()) {
            case Machine.PPC64 ->
                name.equals(".TOC.")
                        || name.startsWith("_restgpr0_")
                        || name.startsWith("_savegpr0_")
                        || name.startsWith("_restvr_")
                        || name.startsWith("_savevr_");
            case Machine.S390 -> name.startsWith("__s390_indirect_jump_r");
            default -> false;
        };
    }

    /** The symbols it cannot do without, sorted. Weak ones may stay unresolved. */
    Set<String> used() {
        return Collections.unmodifiableSet(used);
    }

    /** The symbols it exports with their checksums; 0 for none. */
    Map<String, Integer> exports() {
        return Collections.unmodifiableMap(exports);
    }
}
