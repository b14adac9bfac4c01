package io.jenkins.plugins.dtk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.demo.Busybox;
import io.jenkins.plugins.dtk.testing.Parts;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With podman, a real compiler and the real headers of Debian's kernel. */
@DisplayName("dtk demo --drivers")
class DemoDriversTest {

    private static final String UNAME =
            "[0-9.]+-[0-9.]+el\\w+\\." + System.getProperty("os.arch").replace("amd64", "x86_64");

    @TempDir
    private Path folder;

    @Test
    @DisplayName("shows a library of drivers: built, not compiling as news and then as known, nothing left to do")
    void nights() throws Exception {
        Parts.need("podman", "docker-registry", "apt-get", "dpkg-deb");
        Path parts = Files.createDirectory(folder.resolve("parts"));
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        try (DemoSite site =
                new DemoSite(parts, Busybox.fetch(CacheOptions.userFolder().resolve("busybox")))) {
            PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
            new DemoDrivers(site, folder, out).run(DemoDrivers.toolkits().fetch());
        } catch (Exception e) {
            throw new AssertionError(shown.toString(StandardCharsets.UTF_8), e);
        } finally {
            DemoStorage.remove(parts.resolve("podman"));
        }

        assertThat(shown.toString(StandardCharsets.UTF_8))
                .containsPattern(UNAME + " +built +1\\.0\\.0-")
                .containsPattern(UNAME + " +no toolkit +1\\.0\\.0-")
                .containsPattern(UNAME
                        + " +does not compile +1\\.0\\.0-\\S+ +\\S+\\.log +ERROR: modpost: \"_printk\" .*undefined")
                .containsPattern(UNAME + " +does not compile \\(known\\) +")
                .contains(
                        "built 2, no toolkit 1, does not compile 1\n",
                        "nothing was written",
                        "--tag '{version}-{kernel}'")
                .doesNotContain("warning");
    }
}
