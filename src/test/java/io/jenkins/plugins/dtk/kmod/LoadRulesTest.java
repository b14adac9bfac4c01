package io.jenkins.plugins.dtk.kmod;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.testing.RealKernel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a kernel asks in addition to checksums. A coming kernel is a real one with a line of its table changed. */
@DisplayName("Modules that a compiler made for a real kernel")
class LoadRulesTest {

    private static final String HEAD =
            """
            #include <linux/module.h>
            #include <linux/device.h>
            #include <linux/dma-buf.h>
            #include <linux/slab.h>
            MODULE_DESCRIPTION("test module");
            int acme_register(int port);
            """;

    private static final String CORE =
            """
            int acme_register(int port)
            {
                pr_info("acme port %d\\n", port);
                return port;
            }
            """;

    private static final String FREE = "kfree(NULL)";
    private static final String REGISTER = "acme_register(1)";

    @TempDir
    private static Path work;

    private static RealKernel kernel;
    private static Symvers table;
    private static int built;

    @BeforeAll
    static void kernel() throws IOException {
        kernel = RealKernel.standard();
        table = kernel.symbols();
    }

    /** A module that exports a function. */
    private static String core(String licence, String export) {
        return HEAD + "MODULE_LICENSE(\"" + licence + "\");\n" + CORE + export + ";\n";
    }

    /** A module that uses something. */
    private static String user(String licence, String what) {
        return HEAD + "MODULE_LICENSE(\"" + licence + "\");\nstatic int __init acme_init(void)\n{\n    " + what
                + ";\n    return 0;\n}\nmodule_init(acme_init);\n";
    }

    /** The first of the modules that are compiled together. */
    private static KernelModule module(String... sources) throws IOException, InterruptedException {
        Path folder = RealKernel.sources(work.resolve("build" + built++), sources);
        kernel.compile(folder);
        return RealKernel.read(folder.resolve(sources[0] + ".ko"));
    }

    private static List<String> misfits(String release, Symvers symbols, KernelModule... modules) {
        FitCheck.TargetKernel target = new FitCheck.TargetKernel(release, Architecture.X86_64, "", symbols);
        return new FitCheck(target, FitMode.SYMBOLS, List.of())
                .check(List.of(modules)).stream()
                        .map(misfit -> misfit.kind() + ": " + misfit.reason().replace(release, "X"))
                        .toList();
    }

    private static List<String> misfits(Symvers symbols, KernelModule... modules) {
        return misfits(kernel.release(), symbols, modules);
    }

    @Test
    @DisplayName("and are not under the GPL do not fit one that keeps a symbol for those under the GPL")
    void gplOnly() throws IOException, InterruptedException {
        Symvers coming = Tables.changed(kernel, "kfree", "EXPORT_SYMBOL\\b", "EXPORT_SYMBOL_GPL");
        KernelModule closed = module("acme", user("Acme, all rights reserved", FREE));

        assertThat(misfits(table, closed)).isEmpty();
        assertThat(misfits(coming, closed))
                .containsExactly("GPL_ONLY: 1 symbol is for modules under the GPL alone in kernel X, and the module's"
                        + " licence is 'Acme, all rights reserved': kfree");
        assertThat(misfits(coming, module("acme", user("Dual BSD/GPL", FREE)))).isEmpty();
    }

    @Test
    @DisplayName("and are not under the GPL do not fit beside one of the image that keeps a symbol for the GPL")
    void gplOnlyOfAnother() throws IOException, InterruptedException {
        String core = core("GPL", "EXPORT_SYMBOL(acme_register)");
        KernelModule closed = module("acme", user("Proprietary", REGISTER), "core", core);

        assertThat(misfits(table, closed, module("core", core))).isEmpty();
        assertThat(misfits(table, closed, module("core", core("GPL", "EXPORT_SYMBOL_GPL(acme_register)"))))
                .containsExactly("GPL_ONLY: 1 symbol is for modules under the GPL alone in kernel X, and the module's"
                        + " licence is 'Proprietary': acme_register");
    }

    @Test
    @DisplayName("count as proprietary when they use a symbol of a proprietary one, since Linux 5.9")
    void inherited() throws IOException, InterruptedException {
        String core = core("Proprietary", "EXPORT_SYMBOL(acme_register)");
        KernelModule bridge = module("acme", user("GPL", REGISTER + "; device_del(NULL)"), "core", core);
        KernelModule closed = module("core", core);

        assertThat(misfits(table, bridge, closed))
                .containsExactly(
                        "GPL_ONLY: 1 symbol is for modules under the GPL alone in kernel X, and the module uses"
                                + " acme_register of the proprietary module core: device_del");
        assertThat(misfits("4.18.0-553.el8_10.x86_64", table, bridge, closed)).isEmpty();
        assertThat(misfits(table, module("acme", user("GPL", REGISTER), "core", core), closed))
                .isEmpty();
    }

    @Test
    @DisplayName("do not fit one that puts a symbol into a namespace that they do not import")
    void namespace() throws IOException, InterruptedException {
        Symvers coming = Tables.changed(kernel, "kfree", "\t$", "\tACME");
        KernelModule plain = module("acme", user("GPL", FREE));
        String importing = user("GPL", FREE + "; dma_buf_get(1)")
                .replace("MODULE_LICENSE", "MODULE_IMPORT_NS(DMA_BUF);\nMODULE_IMPORT_NS(ACME);\nMODULE_LICENSE");

        assertThat(misfits(coming, plain))
                .containsExactly("NAMESPACE: 1 symbol is in a namespace of kernel X that the module does not import:"
                        + " kfree (ACME)");
        assertThat(misfits(coming, module("acme", importing))).isEmpty();
    }

    @Test
    @DisplayName("and export a symbol do not fit one that has it itself")
    void duplicates() throws IOException, InterruptedException {
        KernelModule core = module("core", core("GPL", "EXPORT_SYMBOL_NS_GPL(acme_register, ACME)"));

        assertThat(core.exports().get("acme_register").namespace()).isEqualTo("ACME");
        assertThat(misfits(
                        Tables.extended(kernel, "0x00000001\tacme_register\tdrivers/acme/core\tEXPORT_SYMBOL\t"), core))
                .as("of a module that is not loaded together with them")
                .isEmpty();
        assertThat(misfits(Tables.extended(kernel, "0x00000001\tacme_register\tvmlinux\tEXPORT_SYMBOL\t"), core))
                .containsExactly(
                        "DUPLICATE_SYMBOLS: 1 symbol is exported by kernel X itself, and by the module: acme_register");
    }

    @Test
    @DisplayName("fit without what they use where it is there, but not with another checksum of it")
    void weak() throws IOException, InterruptedException {
        KernelModule module = module(
                "acme",
                user("GPL", "if (vfree) vfree(NULL)")
                        .replace("#include <linux/module.h>", "#include <linux/module.h>\n#include <linux/vmalloc.h>")
                        .replace("static int", "#pragma weak vfree\nstatic int"));

        assertThat(module.weak()).contains("vfree");
        assertThat(misfits(table, module)).isEmpty();
        assertThat(misfits(Tables.changed(kernel, "vfree", "\tvfree\t", "\tvfree_now\t"), module))
                .isEmpty();
        assertThat(misfits(Tables.changed(kernel, "vfree", "^0x[0-9a-f]{8}", "0x00000001"), module))
                .containsExactly("CHANGED_SYMBOLS: 1 symbol is not as in kernel X (other checksums): vfree");
    }
}
