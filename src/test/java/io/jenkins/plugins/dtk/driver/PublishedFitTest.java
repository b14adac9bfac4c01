package io.jenkins.plugins.dtk.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dtk.driver.PublishedFit.FitAnswer;
import io.jenkins.plugins.dtk.driver.PublishedFit.FitAnswer.Answer;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.kmod.FitMode;
import io.jenkins.plugins.dtk.matrix.Catalog;
import io.jenkins.plugins.dtk.matrix.MatrixProgress;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.release.ImageTree;
import io.jenkins.plugins.dtk.release.NodeOs;
import io.jenkins.plugins.dtk.release.PayloadWorld;
import io.jenkins.plugins.dtk.release.PayloadWorld.Os;
import io.jenkins.plugins.dtk.release.Release;
import io.jenkins.plugins.dtk.testing.FakeImage;
import io.jenkins.plugins.dtk.testing.ForeignModule;
import io.jenkins.plugins.dtk.testing.Parts;
import io.jenkins.plugins.dtk.testing.Tar;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Which kernels a published driver fits")
class PublishedFitTest {

    private static final String BUILT_FOR = "5.14.0-570.10.1.el9_6";
    private static final String SAME = "5.14.0-570.20.1.el9_6";
    private static final String CHANGED = "5.14.0-611.5.1.el9_7";
    private static final int CHECKSUM = 0x92997ed8;

    @TempDir
    Path work;

    @AutoClose
    private final PayloadWorld world = new PayloadWorld();

    private final List<Catalog.Row> rows = new ArrayList<>();

    @BeforeEach
    void needs() {
        Parts.need("gcc", "aarch64-linux-gnu-gcc");
    }

    private static String symvers(int checksum) {
        return String.format(
                "0x%08x\t_printk\tvmlinux\tEXPORT_SYMBOL\t%n0x00000001\tkfree\tvmlinux\tEXPORT_SYMBOL\t%n", checksum);
    }

    private static FakeImage toolkit(String kernel, String arch) {
        return new FakeImage()
                .on(Architecture.parse(arch))
                .file(
                        "etc/driver-toolkit-release.json",
                        "{ \"KERNEL_VERSION\": \"" + kernel + "." + arch + "\", \"RT_KERNEL_VERSION\": \"" + kernel
                                + "." + arch + "+rt\", \"RHEL_VERSION\": \"9.6\" }");
    }

    private static FakeImage with(FakeImage toolkit, String uname, int checksum) {
        return toolkit.file("usr/src/kernels/" + uname + "/Module.symvers", symvers(checksum));
    }

    /** A release whose nodes run a kernel, with a toolkit or without. */
    private void release(String version, String kernel, Architecture architecture, boolean realTime, FakeImage toolkit)
            throws Exception {
        Map<String, String> toolkits = toolkit == null
                ? Map.of()
                : Map.of(
                        "driver-toolkit",
                        world.registry.push(PayloadWorld.IMAGES, toolkit).toString());
        Os os = new Os(
                "rhel-coreos",
                "",
                PayloadWorld.ostree(kernel + "." + architecture.rpmName()),
                PayloadWorld.onlyPackages());
        Release release =
                PayloadWorld.release(version, architecture, world.publish(architecture, List.of(os), toolkits));
        NodeOs node = world.releases().nodeOs(release).get(0);
        rows.add(new Catalog.Row(
                release,
                new NodeOs(
                        architecture,
                        node.stream(),
                        version,
                        node.rhel(),
                        node.kernel(),
                        realTime ? Optional.of(KernelVersion.parse(kernel)) : Optional.empty(),
                        Optional.empty())));
    }

    private byte[] module(String compiler, String uname) throws Exception {
        return Files.readAllBytes(ForeignModule.compile(work.resolve(uname), compiler, uname, "_printk", CHECKSUM));
    }

    private ImageReference driver(FakeImage image) {
        return world.registry.push("acme/acme-nic", "3.0.0", image);
    }

    private static byte[] layer(String path, byte[] module) {
        return new Tar().file(path, module).end().gzipped();
    }

    private List<FitAnswer> fits(ImageReference image, FitMode mode) throws Exception {
        ImageTree tree = new ImageTree(world.registry.client());
        return new PublishedFit(
                        tree,
                        world.releases(),
                        null,
                        new SymbolTables(any -> tree, new TableStore(work.resolve("tables"), line -> {})),
                        mode,
                        List.of(),
                        MatrixProgress.SILENT)
                .of(image, new Catalog(rows, List.of()));
    }

    private void threeReleases() throws Exception {
        String x86 = ".x86_64";
        release(
                "4.20.1",
                BUILT_FOR,
                Architecture.X86_64,
                false,
                with(toolkit(BUILT_FOR, "x86_64"), BUILT_FOR + x86, CHECKSUM));
        release("4.20.9", SAME, Architecture.X86_64, false, with(toolkit(SAME, "x86_64"), SAME + x86, CHECKSUM));
        release(
                "4.21.0-ec.2",
                CHANGED,
                Architecture.X86_64,
                false,
                with(toolkit(CHANGED, "x86_64"), CHANGED + x86, 0x11111111));
    }

    @Test
    @DisplayName("is answered for each kernel by the symbols, also of kernels it was not built for")
    void bySymbols() throws Exception {
        threeReleases();
        ImageReference image = driver(new FakeImage()
                .layer(layer(
                        "opt/lib/modules/" + BUILT_FOR + ".x86_64/extra/acme_nic.ko",
                        module("gcc", BUILT_FOR + ".x86_64"))));

        List<FitAnswer> answers = fits(image, FitMode.SYMBOLS);

        assertThat(answers)
                .extracting(answer -> answer.target().uname() + " " + answer.releases() + " " + answer.answer())
                .containsExactly(
                        BUILT_FOR + ".x86_64 [4.20.1] FITS",
                        SAME + ".x86_64 [4.20.9] FITS",
                        CHANGED + ".x86_64 [4.21.0-ec.2] MISFIT");
        assertThat(answers.get(2).why())
                .isEqualTo(
                        "acme_nic.ko: 1 symbol is not as in kernel " + CHANGED + ".x86_64 (other checksums): _printk");
        assertThat(fits(image, FitMode.KERNEL))
                .extracting(FitAnswer::answer)
                .containsExactly(Answer.FITS, Answer.MISFIT, Answer.MISFIT);
    }

    @Test
    @DisplayName("costs the tables of the kernels once")
    void remembered() throws Exception {
        threeReleases();
        ImageReference image = driver(new FakeImage()
                .layer(layer(
                        "lib/modules/" + BUILT_FOR + ".x86_64/acme_nic.ko", module("gcc", BUILT_FOR + ".x86_64"))));
        List<FitAnswer> first = fits(image, FitMode.SYMBOLS);
        long before = blobs();

        assertThat(fits(image, FitMode.SYMBOLS)).isEqualTo(first);
        assertThat(blobs() - before)
                .as("the image's layer, and what the releases' images say of themselves")
                .isLessThan(before);
        assertThat(work.resolve("tables").toFile().list()).hasSize(3);
    }

    private long blobs() {
        return world.registry.server().requests().stream()
                .filter(request -> request.path().contains("/blobs/"))
                .count();
    }

    @Test
    @DisplayName("is not known where no release has a toolkit for the kernel, and says why")
    void noToolkit() throws Exception {
        release("4.20.1", BUILT_FOR, Architecture.X86_64, false, toolkit(SAME, "x86_64"));
        release("4.20.9", SAME, Architecture.X86_64, false, null);
        release("4.21.0", CHANGED, Architecture.X86_64, false, toolkit(CHANGED, "x86_64"));
        ImageReference image = driver(new FakeImage()
                .layer(layer(
                        "lib/modules/" + BUILT_FOR + ".x86_64/acme_nic.ko", module("gcc", BUILT_FOR + ".x86_64"))));

        List<FitAnswer> answers = fits(image, FitMode.SYMBOLS);

        assertThat(answers).extracting(FitAnswer::answer).containsOnly(Answer.UNKNOWN);
        assertThat(answers.get(0).why())
                .isEqualTo("no toolkit: the Driver Toolkit of release 4.20.1 (x86_64) is for kernel " + SAME);
        assertThat(answers.get(1).why()).contains("has no Driver Toolkit for nodes of");
        assertThat(answers.get(2).why()).contains("has no Module.symvers of kernel " + CHANGED + ".x86_64");
    }

    @Test
    @DisplayName("is asked of real-time kernels for real-time modules alone")
    void flavours() throws Exception {
        FakeImage toolkit = with(toolkit(BUILT_FOR, "x86_64"), BUILT_FOR + ".x86_64", 0x22222222);
        release("4.20.1", BUILT_FOR, Architecture.X86_64, true, with(toolkit, BUILT_FOR + ".x86_64+rt", CHECKSUM));
        String uname = BUILT_FOR + ".x86_64+rt";
        ImageReference image =
                driver(new FakeImage().layer(layer("opt/lib/modules/" + uname + "/acme_nic.ko", module("gcc", uname))));

        assertThat(fits(image, FitMode.KERNEL))
                .extracting(answer -> answer.target().uname() + " " + answer.answer())
                .containsExactly(uname + " FITS");
    }

    @Test
    @DisplayName("is answered for arm64 on any machine")
    void arm() throws Exception {
        String uname = BUILT_FOR + ".aarch64";
        release("4.20.1", BUILT_FOR, Architecture.AARCH64, false, with(toolkit(BUILT_FOR, "aarch64"), uname, CHECKSUM));
        ImageReference image = driver(new FakeImage()
                .on(Architecture.AARCH64)
                .layer(layer("opt/lib/modules/" + uname + "/acme_nic.ko", module("aarch64-linux-gnu-gcc", uname))));

        assertThat(fits(image, FitMode.KERNEL)).extracting(FitAnswer::answer).containsExactly(Answer.FITS);
    }

    @Test
    @DisplayName("is asked of the files that a container would see: not of replaced or deleted ones, nor behind links")
    void layers() throws Exception {
        release(
                "4.20.1",
                BUILT_FOR,
                Architecture.X86_64,
                false,
                with(toolkit(BUILT_FOR, "x86_64"), BUILT_FOR + ".x86_64", CHECKSUM));
        String folder = "opt/lib/modules/" + BUILT_FOR + ".x86_64/";
        String deep = folder + "kernel/" + "a-very-long-folder-name/".repeat(6);
        byte[] good = module("gcc", BUILT_FOR + ".x86_64");
        byte[] broken = "no module".getBytes(StandardCharsets.UTF_8);
        byte[] pax = record("path=" + deep + "acme_nic.ko");
        ImageReference image = driver(new FakeImage()
                .layer(new Tar()
                        .file(folder + "replaced.ko", broken)
                        .file(folder + "deleted.ko", broken)
                        .file(folder + "old/emptied.ko", broken)
                        .end()
                        .gzipped())
                .layer(new Tar()
                        .file(folder + "replaced.ko", good)
                        .file(folder + ".wh.deleted.ko", "")
                        .file(folder + "old/.wh..wh..opq", "")
                        .entry('2', folder + "host/link.ko", Tar.octal(0, 12), new byte[0])
                        .entry('x', "PaxHeaders/acme", Tar.octal(pax.length, 12), pax)
                        .file("shortened", good)
                        .end()
                        .zstd()));

        ImageTree tree = new ImageTree(world.registry.client());
        ImageModules modules = ImageModules.read(
                tree, image, tree.manifest(image, Architecture.X86_64), new ModuleTaker(ModuleTaker.Own.NONE));

        assertThat(modules.byKernel().get(BUILT_FOR + ".x86_64"))
                .extracting(module -> module.path())
                .containsExactlyInAnyOrder(folder + "replaced.ko", deep + "acme_nic.ko");
        assertThat(fits(image, FitMode.KERNEL)).extracting(FitAnswer::answer).containsExactly(Answer.FITS);
    }

    private static byte[] record(String pair) {
        int length = pair.length() + 2;
        length += String.valueOf(length + String.valueOf(length).length()).length();
        return (length + " " + pair + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** What stands in for the modules of a kernel is none: it would be refused if it were unpacked. */
    private static Tar wholeKernel(String prefix, String changed) {
        Tar tar = new Tar();
        for (int i = 0; i < 300; i++) {
            String name = "drivers/net/module" + i + ".ko.xz";
            tar.file(
                    prefix + "lib/modules/" + BUILT_FOR + ".x86_64/kernel/" + name,
                    name.equals(changed) ? "changed" : name);
        }
        return tar;
    }

    @Test
    @DisplayName(
            "does not depend on a kernel's own modules that the vendor copied: they are the toolkit's, byte for byte")
    void copiedKernel() throws Exception {
        String uname = BUILT_FOR + ".x86_64";
        FakeImage toolkit = new FakeImage()
                .layer(wholeKernel("usr/", "")
                        .file("usr/src/kernels/" + uname + "/Module.symvers", symvers(CHECKSUM))
                        .end()
                        .gzipped())
                .file(
                        "etc/driver-toolkit-release.json",
                        "{ \"KERNEL_VERSION\": \"" + uname + "\", \"RHEL_VERSION\": \"9.6\" }");
        release("4.20.1", BUILT_FOR, Architecture.X86_64, false, toolkit);
        byte[] own = module("gcc", uname);
        String extra = "opt/lib/modules/" + uname + "/extra/acme_nic.ko";
        ImageReference image = driver(
                new FakeImage().layer(wholeKernel("opt/", "").end().gzipped()).layer(layer(extra, own)));
        ImageReference changed = world.registry.push(
                "acme/acme-nic",
                "changed",
                new FakeImage()
                        .layer(wholeKernel("opt/", "drivers/net/module250.ko.xz")
                                .end()
                                .gzipped())
                        .layer(layer(extra, own)));

        for (int run = 0; run < 2; run++) { // read, and remembered
            assertThat(fits(image, FitMode.KERNEL))
                    .extracting(FitAnswer::answer)
                    .containsExactly(Answer.FITS);
        }
        assertThatThrownBy(() -> fits(changed, FitMode.KERNEL)).hasMessageContaining("module250.ko.xz");
    }

    @Test
    @DisplayName("cannot be asked of an image without modules, nor of one with a damaged module")
    void noModules() throws Exception {
        threeReleases();
        ImageReference none = driver(new FakeImage().file("usr/bin/app", "app"));
        ImageReference damaged =
                world.registry.push("acme/acme-nic", "damaged", new FakeImage().file("opt/acme.ko", "no module"));

        assertThatThrownBy(() -> fits(none, FitMode.SYMBOLS))
                .isInstanceOf(Failure.class)
                .hasMessage(none + " has no kernel module of its own");
        assertThatThrownBy(() -> fits(damaged, FitMode.SYMBOLS))
                .isInstanceOf(Failure.class)
                .hasMessage(damaged + ": opt/acme.ko: it is no ELF file");
    }

    @Test
    @DisplayName("keeps the tables that were used last, and does without a folder it cannot write")
    void bounded() throws Exception {
        TableStore store = new TableStore(work.resolve("kept"), 2, line -> {});
        byte[] table = symvers(1).getBytes(StandardCharsets.UTF_8);
        for (String key : List.of("a", "b", "c", "d")) {
            store.put(key, table);
            Thread.sleep(20);
        }
        List<String> warnings = new ArrayList<>();
        Path file = Files.writeString(work.resolve("file"), "");
        TableStore broken = new TableStore(file, 2, warnings::add);
        broken.put("a", table);
        broken.put("b", table);

        assertThat(work.resolve("kept").toFile().list()).hasSize(2);
        assertThat(store.get("d")).contains(table);
        assertThat(store.get("a")).isEmpty();
        assertThat(broken.get("a")).isEmpty();
        assertThat(warnings).singleElement().asString().startsWith("the tables of symbols cannot be kept in " + file);
    }
}
