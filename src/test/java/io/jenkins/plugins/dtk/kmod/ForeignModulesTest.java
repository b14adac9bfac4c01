package io.jenkins.plugins.dtk.kmod;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kmod.FitCheck.Misfit;
import io.jenkins.plugins.dtk.kmod.FitCheck.Misfit.Kind;
import io.jenkins.plugins.dtk.testing.ForeignModule;
import io.jenkins.plugins.dtk.testing.Parts;
import io.jenkins.plugins.dtk.testing.RealKernel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Modules for other machines than this one")
class ForeignModulesTest {

    private static final String KERNEL = "5.14.0-427.61.1.el9_4.aarch64";
    private static final int CHECKSUM = 0x92997ed8;

    @TempDir
    Path work;

    @ParameterizedTest(name = "{0} {1}")
    @DisplayName("are read whatever their width and byte order")
    @CsvSource({
        "aarch64-linux-gnu-gcc, , AARCH64",
        "s390x-linux-gnu-gcc, , S390X",
        "s390x-linux-gnu-gcc, -DEXTENDED, S390X",
        "aarch64-linux-gnu-gcc, -DEXTENDED, AARCH64",
        "s390x-linux-gnu-gcc, -m31, ",
        "gcc, -m32, "
    })
    void read(String compiler, String option, Architecture architecture) throws IOException, InterruptedException {
        Parts.need(compiler);
        String extra = option == null ? "" : " " + option;
        KernelModule module =
                RealKernel.read(ForeignModule.compile(work, compiler + extra, KERNEL, "_printk", CHECKSUM));

        assertThat(module.architecture().orElse(null)).isEqualTo(architecture);
        assertThat(module.kernel()).isEqualTo(KERNEL);
        assertThat(module.used()).containsExactly("_printk");
        assertThat(module.checksums()).containsEntry("_printk", CHECKSUM);
        assertThat(module.checksums().containsKey("a_very_long_name")).isEqualTo(extra.contains("EXTENDED"));
        assertThat(module.weak()).containsExactly("acme_optional");
        assertThat(module.exports()).isEqualTo(Map.of("acme_export", new Symvers.Export(0x01020304, false, "", false)));
    }

    @Test
    @DisplayName("are held against their kernel as those of this one are")
    void fit() throws IOException, InterruptedException {
        Parts.need("aarch64-linux-gnu-gcc");
        KernelModule module =
                RealKernel.read(ForeignModule.compile(work, "aarch64-linux-gnu-gcc", KERNEL, "_printk", CHECKSUM));
        Symvers symbols = Tables.of("0x92997ed8\t_printk\tvmlinux\tEXPORT_SYMBOL");

        assertThat(check(module, KERNEL, Architecture.AARCH64, symbols)).isEmpty();
        assertThat(check(
                        module, KERNEL, Architecture.AARCH64, Tables.of("0x00000001\t_printk\tvmlinux\tEXPORT_SYMBOL")))
                .extracting(Misfit::kind)
                .containsExactly(Kind.CHANGED_SYMBOLS);
        assertThat(check(module, KERNEL + "+64k", Architecture.AARCH64, symbols))
                .extracting(Misfit::kind)
                .containsExactly(Kind.FLAVOUR);
        assertThat(check(module, KERNEL, Architecture.X86_64, symbols))
                .extracting(Misfit::reason)
                .containsExactly("it runs on aarch64, not on x86_64");
    }

    private static List<Misfit> check(KernelModule module, String release, Architecture on, Symvers symbols) {
        return new FitCheck(new FitCheck.TargetKernel(release, on, "", symbols), FitMode.KERNEL, List.of())
                .check(List.of(module));
    }
}
