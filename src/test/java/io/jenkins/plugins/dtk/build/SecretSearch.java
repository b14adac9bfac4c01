package io.jenkins.plugins.dtk.build;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Looks for secrets in all files of a folder, also inside those that are compressed. */
final class SecretSearch {

    private SecretSearch() {}

    /** The files that hold any of the secrets. */
    static List<Path> filesWith(List<String> secrets, Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = new String(content(file), StandardCharsets.ISO_8859_1);
                if (secrets.stream().anyMatch(content::contains)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    private static byte[] content(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        if (content.length > 2 && content[0] == 0x1f && content[1] == (byte) 0x8b) {
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(content))) {
                return in.readAllBytes();
            }
        }
        return content;
    }
}
