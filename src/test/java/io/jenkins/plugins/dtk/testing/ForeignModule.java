package io.jenkins.plugins.dtk.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A module's object file for machines whose kernels' development packages do not install here: compiled by a cross
 * compiler, with the sections that a kernel's build would add written in C.
 */
public final class ForeignModule {

    private static final String SOURCE =
            """
            #define INFO(n, text) \\
                static const char info_##n[] __attribute__((section(".modinfo"), used)) = text
            INFO(1, "license=GPL");
            INFO(2, "name=acme_nic");
            INFO(3, "depends=");
            INFO(4, "vermagic=%s SMP preempt mod_unload modversions ");
            #ifdef IN_TREE
            INFO(5, "intree=Y");
            #endif
            struct version { unsigned long crc; char name[64 - sizeof(unsigned long)]; };
            static const struct version basic[] __attribute__((section("__versions"), used)) = {
                { 0x%s, "%s" },
            };
            #ifdef EXTENDED
            static const unsigned int crcs[] __attribute__((section("__version_ext_crcs"), used)) = { 0xaabbccdd, 0x%2$s };
            static const char names[] __attribute__((section("__version_ext_names"), used)) = "a_very_long_name\\0%3$s";
            #endif
            extern int %3$s(const char *text, ...);
            extern int acme_optional(void) __attribute__((weak));
            const unsigned int acme_checksum __asm__("__crc_acme_export")
                __attribute__((section("__kcrctab"), used)) = 0x01020304;
            const unsigned int acme_entry __asm__("__ksymtab_acme_export")
                __attribute__((section("__ksymtab"), used)) = 0;
            int init_module(void) { return %3$s("hello") + (acme_optional ? acme_optional() : 0); }
            """;

    private ForeignModule() {}

    /**
     * Compiles one.
     *
     * @param compiler such as {@code aarch64-linux-gnu-gcc}, with options behind it
     * @param kernel in its vermagic
     * @param symbol that it uses
     * @param checksum of that symbol
     */
    public static Path compile(Path folder, String compiler, String kernel, String symbol, int checksum)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path source = folder.resolve("acme_nic.c");
        Files.writeString(source, String.format(SOURCE, kernel, Integer.toHexString(checksum), symbol));
        Path module = folder.resolve("acme_nic.ko");
        Commands.run("sh", "-c", compiler + " -w -O1 -fno-pic -ffreestanding -c -o " + module + " " + source);
        return module;
    }
}
