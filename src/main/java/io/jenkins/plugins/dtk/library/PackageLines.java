package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.failure.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what {@code rpm -qa} printed in an image that an agent pushed: no more lines, and no longer ones, than rpm prints. */
final class PackageLines {

    /** The largest images of Red Hat have some 3,000 packages. */
    private static final int MOST = 20_000;

    private static final int LONGEST = 500;

    private PackageLines() {}

    static List<String> lines(InputStream file) throws IOException {
        Reader text = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (int c = text.read(); c >= 0; c = text.read()) {
            if (c != '\n') {
                line.append((char) c);
            } else {
                lines.add(line.toString());
                line.setLength(0);
            }
            if (line.length() > LONGEST || lines.size() > MOST) {
                throw new Failure(
                        Failure.Kind.INVALID,
                        "the image's list of packages has more than " + MOST + " lines, or one of more than " + LONGEST
                                + " characters; 'rpm -qa' prints none such");
            }
        }
        lines.add(line.toString());
        return lines;
    }
}
