package io.jenkins.plugins.dtk.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Looks for secrets in all files below a folder, also in what is compressed: as they are, and in base64. */
public final class SecretSearch {

    private final Set<String> forms = new LinkedHashSet<>();

    /** Looks for these. */
    public SecretSearch(Collection<String> secrets) {
        for (String secret : secrets) {
            forms.add(secret);
            // Wherever in a text that is encoded the secret begins, one of three shifts is how its middle looks.
            for (String before : List.of("", "x", "xx")) {
                byte[] text = (before + secret).getBytes(StandardCharsets.UTF_8);
                String encoded = Base64.getEncoder().withoutPadding().encodeToString(text);
                forms.add(encoded.substring(before.isEmpty() ? 0 : 4, encoded.length() - 4));
            }
        }
    }

    /** The files in which one is, other than those of these names. */
    public List<String> filesWithSecrets(Path folder, String... exempt) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (!List.of(exempt).contains(file.getFileName().toString()) && has(Files.readAllBytes(file))) {
                    found.add(file.toString());
                }
            }
        }
        return found;
    }

    /** Whether one is in this. */
    public boolean has(byte[] content) throws IOException {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        if (forms.stream().anyMatch(text::contains)) {
            return true;
        }
        boolean compressed = content.length > 2 && content[0] == 0x1f && content[1] == (byte) 0x8b;
        return compressed && has(unpacked(content));
    }

    private static byte[] unpacked(byte[] content) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new BufferedInputStream(new ByteArrayInputStream(content)))) {
            return in.readAllBytes();
        }
    }
}
