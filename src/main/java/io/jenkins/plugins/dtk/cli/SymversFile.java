package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kmod.Symvers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the table of symbols that a user names. */
final class SymversFile {

    private SymversFile() {}

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException when it cannot be read or is something else; one line
     */
    static Symvers read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no file '" + file + "'");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Symvers.read("'" + file + "'", in);
        } catch (Failure e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("'" + file + "' cannot be read", e);
        }
    }
}
