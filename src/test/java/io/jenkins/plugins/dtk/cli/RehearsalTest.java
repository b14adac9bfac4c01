package io.jenkins.plugins.dtk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What the launcher runs once for faster starts")
class RehearsalTest {

    @Test
    @DisplayName("computes a matrix, and leaves only its cache behind")
    void runs(@TempDir Path folder) throws Exception {
        assertThat(Rehearsal.run(folder.resolve("cache"))).isZero();
        assertThat(folder.resolve("cache")).isNotEmptyDirectory();
        assertThat(folder).isDirectoryContaining("glob:**/cache");
    }
}
