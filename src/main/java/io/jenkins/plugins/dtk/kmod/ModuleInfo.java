package io.jenkins.plugins.dtk.kmod;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code modinfo} shows: the section {@code .modinfo}, texts KEY=VALUE that end in NUL. */
final class ModuleInfo {

    private static final int MOST_BYTES = 4 << 20;

    /** A module has an alias for each device it knows; of other keys there are few. */
    private static final int MOST_VALUES = 10_000;

    private final Map<String, List<String>> values = new LinkedHashMap<>();

    private ModuleInfo() {}

    static ModuleInfo of(Elf elf) throws IOException {
        Elf.Section section = elf.section(".modinfo")
                .orElseThrow(() -> new IOException("it is no kernel module: it has no section .modinfo"));
        ModuleInfo info = new ModuleInfo();
        ByteBuffer bytes = elf.bytes(section);
        if (bytes.limit() > MOST_BYTES) {
            throw new IOException("its section .modinfo is larger than " + (MOST_BYTES >> 20) + " MiB");
        }
        byte[] text = new byte[bytes.limit()];
        bytes.get(0, text);
        for (String pair : new String(text, StandardCharsets.UTF_8).split("\0")) {
            info.add(pair);
        }
        return info;
    }

    private void add(String pair) throws IOException {
        int split = pair.indexOf('=');
        if (split <= 0 || pair.startsWith("alias=")) {
            return;
        }
        List<String> of = values.computeIfAbsent(pair.substring(0, split), key -> new ArrayList<>());
        of.add(pair.substring(split + 1));
        if (of.size() > MOST_VALUES || values.size() > MOST_VALUES) {
            throw new IOException("it says more of itself than a kernel module does");
        }
    }

    /** The first value of a key; empty text for none. */
    String first(String key) {
        return values.getOrDefault(key, List.of("")).get(0);
    }

    List<String> all(String key) {
        return List.copyOf(values.getOrDefault(key, List.of()));
    }
}
