package io.jenkins.plugins.dtk.kmod;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.testing.RealKernel;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A table of symbols")
class SymversTest {

    @ParameterizedTest(name = "{0}")
    @DisplayName("is read in the form of each kernel")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
            Linux 4.18                 | 0x0000000092997ed8 _printk vmlinux EXPORT_SYMBOL                | false | -       | true
            Linux 4.18, for the GPL    | 0x92997ed8 _printk vmlinux EXPORT_SYMBOL_GPL                    | true  | -       | true
            Linux 5.14                 | 0x92997ed8 _printk vmlinux EXPORT_SYMBOL .                      | false | -       | true
            Linux 5.14, a namespace    | 0x92997ed8 _printk vmlinux EXPORT_SYMBOL_GPL DMA_BUF            | true  | DMA_BUF | true
            Linux 5.4, a namespace     | 0x92997ed8 _printk DMA_BUF drivers/acme/acme EXPORT_SYMBOL_GPL  | true  | DMA_BUF | false
            Linux 5.4, none            | 0x92997ed8 _printk . vmlinux EXPORT_SYMBOL                      | false | -       | true
            a module of a vendor       | 0x92997ed8 _printk /root/acme EXPORT_SYMBOL .                   | false | -       | false
            a table without kinds      | 0x92997ed8 _printk /root/acme                                   | false | -       | false
            """)
    void forms(String name, String line, boolean gplOnly, String namespace, boolean builtIn) throws IOException {
        String text = line.replace(' ', '\t').replace(".\t", "\t").replaceFirst("\t\\.$", "\t");
        assertThat(Tables.of(text + "\n").exports().get("_printk"))
                .isEqualTo(new Symvers.Export(0x92997ed8, gplOnly, namespace == null ? "" : namespace, builtIn));
    }

    @Test
    @DisplayName("of a real kernel has its symbols with what is asked of those who use them")
    void real() throws IOException {
        Symvers table = RealKernel.standard().symbols();
        assertThat(table.exports()).hasSizeGreaterThan(10_000);
        assertThat(table.exports().get("kfree")).satisfies(export -> {
            assertThat(export.gplOnly()).isFalse();
            assertThat(export.builtIn()).isTrue();
            assertThat(export.checksum()).isNotZero();
        });
        assertThat(table.exports().get("device_create").gplOnly()).isTrue();
        assertThat(table.exports().get("dma_buf_get").namespace()).isEqualTo("DMA_BUF");
    }
}
