package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.text.Quote;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds in the log of a build what went wrong. */
public final class BuildLog {

    /** A line that is longer is no message of a compiler. */
    private static final int LONGEST = 4096;

    private static final Pattern COMPILER =
            Pattern.compile("[^\\s:]+\\.[chsSC][a-z+]*:\\d+:(?:\\d+:)? (?:fatal )?error: .*");

    /** modpost and the linker name no line. */
    private static final Pattern LINKER = Pattern.compile(
            "ERROR: modpost: .*|.*(?:\\bld|collect2): (?:error: )?.*(?:undefined reference|not found).*");

    private static final Pattern MAKE = Pattern.compile(".*make(?:\\[\\d+])?: \\*\\*\\* .*(?:Error \\d+|No rule).*");

    /** docker's builder puts them before each line. */
    private static final Pattern STEP = Pattern.compile("^#\\d+ (?:\\d+\\.\\d+ )?");

    private BuildLog() {}

    /**
     * What a line says of source that could not be built: an error of a compiler, or of modpost or the linker. Empty when
     * it says nothing of that kind.
     */
    public static Optional<String> sourceError(String line) {
        // Most lines of a log are none.
        if (line.length() > LONGEST
                || !line.contains("error: ") && !line.contains("ERROR: ") && !line.contains("undefined reference")) {
            return Optional.empty();
        }
        String text = STEP.matcher(line.strip()).replaceFirst("");
        return COMPILER.matcher(text).matches() || LINKER.matcher(text).matches()
                ? Optional.of(Quote.shorten(text))
                : Optional.empty();
    }

    /**
     * The first error of a compiler, with file and line; else that of modpost or the linker; else the first of make.
     * Empty when none of them said anything: then it was not the source that failed.
     */
    public static Optional<String> compileError(Path log) throws IOException {
        String linker = null;
        String make = null;
        try (BufferedReader lines = reader(log)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String text = line.length() > LONGEST ? "" : line.strip();
                if (COMPILER.matcher(text).matches()) {
                    return Optional.of(Quote.shorten(text));
                }
                linker = linker == null && LINKER.matcher(text).matches() ? text : linker;
                make = make == null && MAKE.matcher(text).matches() ? text : make;
            }
        }
        return Optional.ofNullable(linker == null ? make : linker).map(Quote::shorten);
    }

    /** The last line that says anything. */
    public static String lastLine(Path log) throws IOException {
        String last = "";
        try (BufferedReader lines = reader(log)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line.isBlank() ? last : line;
            }
        }
        return Quote.shorten(last);
    }

    private static BufferedReader reader(Path log) throws IOException {
        return new BufferedReader(new java.io.InputStreamReader(
                Files.newInputStream(log),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)));
    }
}
