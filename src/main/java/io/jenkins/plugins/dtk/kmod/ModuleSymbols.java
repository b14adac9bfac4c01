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
 * {@code __ksymtab_NAME}, in a section of its own where it is for the GPL alone; its checksum is the value of
 * {@code __crc_NAME}, or stands where that points; its namespace is the text at {@code __kstrtabns_NAME} (torvalds/linux
 * scripts/mod/modpost.c, include/linux/export-internal.h).
 */
final class ModuleSymbols {

    private static final int SYMBOL_TABLE = 2;
    private static final int SYMBOL_INDEXES = 18;
    private static final int UNDEFINED = 0;
    private static final int ABSOLUTE = 0xfff1;
    private static final int WEAK = 2;
    private static final String EXPORT = "__ksymtab_";
    private static final String CHECKSUM = "__crc_";
    private static final String NAMESPACE = "__kstrtabns_";

    /** No module uses as many. */
    private static final int MOST_USED = 200_000;

    private final Elf elf;
    private final Set<String> used = new TreeSet<>();
    private final Set<String> weak = new TreeSet<>();
    private final Map<String, Boolean> gplOnly = new HashMap<>();
    private final Map<String, Integer> checksums = new HashMap<>();
    private final Map<String, String> namespaces = new HashMap<>();
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
        return symbols;
    }

    private void add(ByteBuffer table, ByteBuffer names) throws IOException {
        int size = elf.isWide() ? 24 : 16;
        for (int at = size; at + size <= table.limit(); at += size) {
            int section = table.getShort(at + (elf.isWide() ? 6 : 14)) & 0xffff;
            int binding = table.get(at + (elf.isWide() ? 4 : 12)) >> 4 & 0xf;
            int name = table.getInt(at);
            if (section == UNDEFINED && binding != 0) {
                use(Elf.name(names, name), binding == WEAK ? weak : used);
            } else if (section != UNDEFINED && startsWithTwoLines(names, name)) {
                defined(
                        Elf.name(names, name),
                        section == Elf.EXTENDED ? extendedIndex(at / size) : section,
                        elf.isWide() ? table.getLong(at + 8) : table.getInt(at + 4) & 0xffffffffL);
            }
        }
    }

    private void use(String name, Set<String> symbols) throws IOException {
        if (name.isEmpty() || isMadeByLinker(name)) {
            return;
        }
        symbols.add(name);
        if (symbols.size() > MOST_USED) {
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
            gplOnly.put(name.substring(EXPORT.length()), isForGpl(section));
        } else if (name.startsWith(NAMESPACE)) {
            namespaces.put(name.substring(NAMESPACE.length()), text(section, value));
        } else if (name.startsWith(CHECKSUM)) {
            checksums.put(name.substring(CHECKSUM.length()), checksum(section, value));
        }
    }

    private int checksum(int section, long value) throws IOException {
        return section == ABSOLUTE ? (int) value : content(section, value, 4).getInt((int) value);
    }

    private String text(int section, long value) throws IOException {
        return section == ABSOLUTE ? "" : Elf.name(content(section, value, 1), (int) value);
    }

    private boolean isForGpl(int section) throws IOException {
        return section < elf.sections().size() && elf.section(section).name().contains("_gpl");
    }

    private ByteBuffer content(int section, long value, int size) throws IOException {
        ByteBuffer content = elf.bytes(elf.section(section));
        if (value < 0 || value > content.limit() - (long) size) {
            throw new IOException("it is damaged: a symbol lies outside of its section");
        }
        return content;
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

    /** The symbols it cannot do without, sorted. */
    Set<String> used() {
        return Collections.unmodifiableSet(used);
    }

    /** The symbols it uses where they are there, sorted. */
    Set<String> weak() {
        return Collections.unmodifiableSet(weak);
    }

    /** The symbols it exports. */
    Map<String, Symvers.Export> exports() {
        Map<String, Symvers.Export> exports = new HashMap<>();
        gplOnly.forEach((name, only) -> exports.put(
                name,
                new Symvers.Export(checksums.getOrDefault(name, 0), only, namespaces.getOrDefault(name, ""), false)));
        return Collections.unmodifiableMap(exports);
    }
}
