package io.jenkins.plugins.dtk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A file that a user names")
class TextFileTest {

    @TempDir
    private Path folder;

    @Test
    @DisplayName("and that is a pipe no one writes into, or a device, is refused at once")
    void pipes() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder(List.of("mkfifo", pipe.toString()))
                        .start()
                        .waitFor())
                .isZero();

        assertThatThrownBy(() -> TextFile.read(pipe))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + pipe + "' is a pipe or a device, not a file");
        assertThatThrownBy(() -> TextFile.read(Path.of("/dev/zero"))).hasMessageContaining("is a pipe or a device");
    }

    @Test
    @DisplayName("is read where a link leads to it")
    void links() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "text");

        assertThat(TextFile.read(Files.createSymbolicLink(folder.resolve("link"), file)))
                .isEqualTo("text");
    }

    @Test
    @DisplayName("and that is larger than any that is meant is refused")
    void large() throws Exception {
        Path file = Files.write(folder.resolve("file"), new byte[(16 << 20) + 1]);

        assertThatThrownBy(() -> TextFile.read(file)).hasMessage("'" + file + "' is larger than 16 MiB");
    }
}
