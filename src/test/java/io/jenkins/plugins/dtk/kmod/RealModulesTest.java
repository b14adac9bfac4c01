package io.jenkins.plugins.dtk.kmod;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kmod.FitCheck.Misfit;
import io.jenkins.plugins.dtk.kmod.FitCheck.Misfit.Kind;
import io.jenkins.plugins.dtk.testing.Commands;
import io.jenkins.plugins.dtk.testing.ModuleSources;
import io.jenkins.plugins.dtk.testing.Parts;
import io.jenkins.plugins.dtk.testing.RealKernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Modules that a compiler made for real kernels")
class RealModulesTest {

    @TempDir
    static Path work;

    private static RealKernel kernel;
    private static Path simple;
    private static Path core;
    private static Path user;

    @BeforeAll
    static void compile() throws IOException, InterruptedException {
        kernel = RealKernel.standard();
        Path folder = RealKernel.sources(
                work.resolve("acme"),
                "acme_nic",
                ModuleSources.SIMPLE,
                "acme_core",
                ModuleSources.CORE,
                "acme_user",
                ModuleSources.USER);
        kernel.compile(folder);
        simple = folder.resolve("acme_nic.ko");
        core = folder.resolve("acme_core.ko");
        user = folder.resolve("acme_user.ko");
    }

    private static List<Misfit> check(FitCheck.TargetKernel target, FitMode mode, List<Symvers> others, Path... modules)
            throws IOException {
        List<KernelModule> all = new ArrayList<>();
        for (Path module : modules) {
            all.add(RealKernel.read(module));
        }
        return new FitCheck(target, mode, others).check(all);
    }

    private static String modinfo(String field, Path module) throws IOException, InterruptedException {
        return Commands.run("modinfo", "-F", field, module.toString()).strip();
    }

    @Test
    @DisplayName("say what modinfo says of them")
    void says() throws IOException, InterruptedException {
        KernelModule module = RealKernel.read(simple);

        assertThat(module.name()).isEqualTo("acme_nic");
        assertThat(module.vermagic().strip()).isEqualTo(modinfo("vermagic", simple));
        assertThat(module.kernel()).isEqualTo(kernel.release());
        assertThat(module.license()).isEqualTo("GPL");
        assertThat(module.firmware()).containsExactly("acme/nic.bin");
        assertThat(module.architecture()).contains(Architecture.X86_64);
        assertThat(module.inTree()).isFalse();
        assertThat(module.signature()).isEmpty();
        assertThat(module.used()).contains("_printk", "kfree");
        assertThat(module.checksums().keySet()).containsAll(module.used()).contains("module_layout");
        assertThat(RealKernel.read(user).depends()).containsExactly("acme_core");
        assertThat(RealKernel.read(core).exports()).containsOnlyKeys("acme_register");
        assertThat(RealKernel.read(core).exports().get("acme_register"))
                .isEqualTo(new Symvers.Export(RealKernel.read(user).checksums().get("acme_register"), true, "", false))
                .satisfies(export -> assertThat(export.checksum()).isNotZero());
    }

    @Test
    @DisplayName("fit the kernel they were compiled for, one using what another exports")
    void fit() throws IOException {
        assertThat(check(kernel.target(), FitMode.KERNEL, List.of(), simple, core, user))
                .isEmpty();
    }

    @Test
    @DisplayName("do not fit without the module whose symbol they use")
    void lacksOther() throws IOException {
        assertThat(check(kernel.target(), FitMode.KERNEL, List.of(), user))
                .singleElement()
                .satisfies(misfit -> {
                    assertThat(misfit.kind()).isEqualTo(Kind.MISSING_SYMBOLS);
                    assertThat(misfit.symbols()).containsExactly("acme_register");
                    assertThat(misfit.toString())
                            .endsWith("acme_user.ko: 1 symbol is missing in kernel " + kernel.release()
                                    + ": acme_register");
                });
    }

    @Test
    @DisplayName("fit with another vendor's table of symbols, and not with one of another checksum")
    void otherVendor() throws IOException {
        Symvers others = new Symvers(RealKernel.read(core).exports());
        Symvers wrong = Tables.of("0x12345678\tacme_register\tacme/acme_core\tEXPORT_SYMBOL_GPL\t");

        assertThat(check(kernel.target(), FitMode.KERNEL, List.of(others), user))
                .isEmpty();
        assertThat(check(kernel.target(), FitMode.KERNEL, List.of(wrong), user))
                .singleElement()
                .satisfies(misfit -> assertThat(misfit.kind()).isEqualTo(Kind.CHANGED_SYMBOLS));
    }

    @Test
    @DisplayName("do not fit a kernel of another version, neither by its version nor by its symbols")
    void otherVersion() throws IOException {
        FitCheck.TargetKernel other = RealKernel.other().target();

        assertThat(check(other, FitMode.KERNEL, List.of(), simple))
                .extracting(Misfit::kind)
                .contains(Kind.CHANGED_SYMBOLS);
        assertThat(check(other, FitMode.SYMBOLS, List.of(), simple))
                .extracting(Misfit::kind)
                .contains(Kind.CHANGED_SYMBOLS);
    }

    @Test
    @DisplayName("do not fit the real-time kernel of the same version")
    void realTime() throws IOException, InterruptedException {
        RealKernel realTime = RealKernel.realTime();
        Path folder = RealKernel.sources(work.resolve("rt"), "acme_nic", ModuleSources.SIMPLE);
        realTime.compile(folder);
        KernelModule own = RealKernel.read(folder.resolve("acme_nic.ko"));
        FitCheck.TargetKernel target = new FitCheck.TargetKernel(
                realTime.release(), Architecture.X86_64, own.kernelOptions(), realTime.symbols());

        assertThat(new FitCheck(target, FitMode.KERNEL, List.of()).check(List.of(own)))
                .isEmpty();
        assertThat(check(target, FitMode.KERNEL, List.of(), simple))
                .extracting(Misfit::kind)
                .contains(Kind.KERNEL);
        assertThat(check(target, FitMode.SYMBOLS, List.of(), simple))
                .extracting(Misfit::kind)
                .contains(Kind.FLAVOUR);
    }

    @Test
    @DisplayName("fit a kernel with the same symbols under another name by their symbols alone")
    void symbolsAlone() throws IOException {
        FitCheck.TargetKernel errata =
                new FitCheck.TargetKernel("5.14.0-427.99.1.el9_4.x86_64", Architecture.X86_64, "", kernel.symbols());

        assertThat(check(errata, FitMode.SYMBOLS, List.of(), simple)).isEmpty();
        assertThat(check(errata, FitMode.KERNEL, List.of(), simple))
                .singleElement()
                .satisfies(misfit -> assertThat(misfit.reason())
                        .isEqualTo("it was built for kernel " + kernel.release()
                                + ", not for 5.14.0-427.99.1.el9_4.x86_64"));
    }

    @Test
    @DisplayName("compiled against a symbol that no one has do not fit")
    void missingSymbol() throws IOException, InterruptedException {
        Path folder = RealKernel.sources(work.resolve("alone"), "acme_user", ModuleSources.USER);
        kernel.compile(folder, "KBUILD_MODPOST_WARN=1");

        assertThat(check(kernel.target(), FitMode.KERNEL, List.of(), folder.resolve("acme_user.ko")))
                .extracting(Misfit::kind)
                .containsExactly(Kind.MISSING_SYMBOLS);
        assertThat(check(
                        kernel.target(),
                        FitMode.KERNEL,
                        List.of(new Symvers(RealKernel.read(core).exports())),
                        folder.resolve("acme_user.ko")))
                .as("the loader would take the symbol, but against which it was built is unknown")
                .extracting(Misfit::kind)
                .containsExactly(Kind.NO_CHECKSUMS);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("are read as well when they are packed")
    @CsvSource({"xz --check=crc32, XZ, true", "xz, XZ, false", "gzip, GZIP, true", "zstd -q, ZSTD, true"})
    void packed(String command, Compression compression, boolean kernelUnpacks)
            throws IOException, InterruptedException {
        Parts.need("xz", "gzip", "zstd");
        Path packed = work.resolve("acme_nic.ko" + compression.ending());
        Commands.run("sh", "-c", command + " -c " + simple + " >" + packed);
        KernelModule module = RealKernel.read(packed);

        assertThat(module.compression()).isEqualTo(compression);
        assertThat(module.kernelUnpacks()).isEqualTo(kernelUnpacks);
        assertThat(module.checksums()).isEqualTo(RealKernel.read(simple).checksums());
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("signed by the kernel's own program name their signer")
    @CsvSource({"rsa:2048, sha256, 0x84c355ce", "rsa:3072, sha512, 0x04c355ce"})
    void signed(String key, String hash, String serial) throws IOException, InterruptedException {
        Parts.need("openssl", "xz");
        Path folder = Files.createDirectories(work.resolve("keys-" + hash));
        Path signed = folder.resolve("acme_nic.ko");
        Commands.run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                key,
                "-nodes",
                "-set_serial",
                serial,
                "-subj",
                "/O=Acme, Inc./CN=Acme Drivers, signing",
                "-keyout",
                folder.resolve("key.pem").toString(),
                "-out",
                folder.resolve("cert.pem").toString());
        Commands.run(
                kernel.headers().resolve("scripts/sign-file").toString(), hash,
                folder.resolve("key.pem").toString(), folder.resolve("cert.pem").toString(),
                simple.toString(), signed.toString());
        KernelModule module = RealKernel.read(signed);

        assertThat(module.signature()).hasValueSatisfying(signature -> {
            assertThat(signature.signer()).isEqualTo("Acme Drivers, signing");
            assertThat(signature.hash()).isEqualTo(hash);
        });
        assertThat(modinfo("signer", signed)).isEqualTo("Acme Drivers, signing");
        assertThat(module.signature().orElseThrow().key())
                .isEqualToIgnoringCase(modinfo("sig_key", signed).replace(":", ""));
        assertThat(module.checksums()).isEqualTo(RealKernel.read(simple).checksums());
        Commands.run("xz", "--check=crc32", signed.toString());
        assertThat(RealKernel.read(folder.resolve("acme_nic.ko.xz")).signature())
                .isEqualTo(module.signature());
    }
}
