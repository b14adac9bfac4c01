package io.jenkins.plugins.dtk.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dtk.release.ImageTree;
import io.jenkins.plugins.dtk.release.ImageTree.Entry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The modules of an image that are signed")
class ModuleSigningTest {

    private static final String KERNEL = "5.14.0-427.61.1.el9_4.x86_64+rt";

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @DisplayName("are those of KMM's patterns, with the kernel as it really is")
    @CsvSource({
        "/opt/lib/modules/${KERNEL_FULL_VERSION}/extra/*.ko, opt/lib/modules/KERNEL/extra/acme.ko, true",
        "/opt/lib/modules/$KERNEL_FULL_VERSION/extra/*.ko, opt/lib/modules/KERNEL/extra/acme.ko, true",
        "/opt/lib/modules/${KERNEL_VERSION}/*/acme.ko, opt/lib/modules/KERNEL/extra/acme.ko, true",
        "/opt/lib/modules/{kernel}/extra/acme.ko*, opt/lib/modules/KERNEL/extra/acme.ko.xz, true",
        "/opt/lib/modules/{kernel}/extra/acme-?.ko, opt/lib/modules/KERNEL/extra/acme-1.ko, true",
        "/opt/lib/modules/{kernel}/extra/acme-[!1].ko, opt/lib/modules/KERNEL/extra/acme-1.ko, false",
        "/opt/lib/modules/{kernel}/extra/acme-[0-9].ko, opt/lib/modules/KERNEL/extra/acme-1.ko, true",
        "/opt/lib/modules/{kernel}/*.ko, opt/lib/modules/KERNEL/extra/acme.ko, false",
        "/opt/lib/modules/5.14.0/*.ko, opt/lib/modules/5x14y0/acme.ko, false",
        "/opt/lib/modules/{kernel}/extra/*.ko, opt/lib/modules/other/extra/acme.ko, false"
    })
    void globs(String glob, String path, boolean matches) {
        assertThat(new FileGlob(glob).matches(path.replace("KERNEL", KERNEL), KERNEL))
                .isEqualTo(matches);
    }

    @Test
    @DisplayName("cannot be named by what is no pattern")
    void noPattern() {
        assertThatThrownBy(() -> new FileGlob("/opt/[z-a].ko")).hasMessage("not a pattern of paths: '/opt/[z-a].ko'");
    }

    @Test
    @DisplayName("keep owner, permissions, date and path, however long")
    void layer() throws IOException {
        List<Entry> entries = List.of(
                new Entry("opt/lib/modules/" + KERNEL + "/acme.ko", '0', 0640, 1001, 1002, 1_600_000_000),
                new Entry("opt/" + "long/".repeat(40) + "acme.ko", '0', 0644, 3_000_000_000L, 0, 0));
        ByteArrayOutputStream layer = new ByteArrayOutputStream();
        LayerWriter writer = new LayerWriter(layer);
        for (Entry entry : entries) {
            writer.file(entry, entry.path().getBytes());
        }
        writer.end();

        List<Entry> read = new ArrayList<>();
        ImageTree.unpack(new ByteArrayInputStream(layer.toByteArray()), new ImageTree.Files() {
            @Override
            public boolean wants(String path) {
                return true;
            }

            @Override
            public void take(Entry entry, InputStream content) throws IOException {
                assertThat(new String(content.readAllBytes())).isEqualTo(entry.path());
                read.add(entry);
            }

            @Override
            public void take(String path, InputStream content) {}
        });
        assertThat(read).isEqualTo(entries);
    }
}
