package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.text.Quote;
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
}
