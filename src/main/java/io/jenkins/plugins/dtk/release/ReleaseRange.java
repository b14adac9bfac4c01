package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.release.ReleaseVersion.Minor;
import io.jenkins.plugins.dtk.text.Quote;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which releases a user wants: a comma list of {@code 4.12+} (that line and all later ones), {@code 4.12-4.16}
 * (both ends included), {@code 4.14} (one line) and {@code 4.14.3} or {@code 4.22.0-rc.1} (one release).
 * Lines mean their general-availability releases; with {@code withPreReleases} their ec, fc and rc too. A
 * release named exactly is always wanted.
 */
public final class ReleaseRange {

    private static final Pattern SINGLES = Pattern.compile("\\d+\\.\\d+\\.\\d+\\s*-\\s*\\d+\\.\\d+(?:\\.\\d+)?");
    private static final Pattern LINE = Pattern.compile("(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})");
    private static final Minor LAST = new Minor(999, 999);

    private final String text;
    private final boolean preReleases;
    private final List<Lines> lines;
    private final List<ReleaseVersion> exact;

    private ReleaseRange(String text, boolean preReleases, List<Lines> lines, List<ReleaseVersion> exact) {
        this.text = text;
        this.preReleases = preReleases;
        this.lines = lines;
        this.exact = exact;
    }

    /**
     * Reads a range.
     *
     * @throws IllegalArgumentException when a part is malformed or its end lies before its start; one line
     */
    public static ReleaseRange parse(String text) {
        List<Lines> lines = new ArrayList<>();
        List<ReleaseVersion> exact = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String item = part.strip();
            if (SINGLES.matcher(item).matches()) {
                throw malformed(text, Quote.of(item) + " names single releases; only lines have ranges");
            } else if (ReleaseVersion.isVersion(item)) {
                exact.add(ReleaseVersion.parse(item));
            } else if (item.endsWith("+")) {
                lines.add(new Lines(line(item.substring(0, item.length() - 1).strip(), text), LAST));
            } else if (item.contains("-")) {
                int dash = item.indexOf('-');
                Lines range = new Lines(
                        line(item.substring(0, dash).strip(), text),
                        line(item.substring(dash + 1).strip(), text));
                if (range.last().compareTo(range.first()) < 0) {
                    throw malformed(text, Quote.of(item) + " ends before it starts");
                }
                lines.add(range);
            } else {
                Minor only = line(item, text);
                lines.add(new Lines(only, only));
            }
        }
        return new ReleaseRange(text.strip(), false, List.copyOf(lines), List.copyOf(exact));
    }

    private static Minor line(String text, String whole) {
        Matcher form = LINE.matcher(text);
        if (!form.matches()) {
            throw malformed(whole, text.isEmpty() ? "a part is empty" : Quote.of(text) + " is no release line");
        }
        return new Minor(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
    }

    private static IllegalArgumentException malformed(String text, String why) {
        return new IllegalArgumentException("not a range of releases: " + Quote.of(text) + " (" + why
                + "; write 4.12+, 4.12-4.16, 4.14, 4.14.3 or a comma list of these)");
    }

    /** The same range with ec, fc and rc releases of its lines included. */
    public ReleaseRange withPreReleases() {
        return new ReleaseRange(text, true, lines, exact);
    }

    /** Whether a release is wanted. */
    public boolean contains(ReleaseVersion version) {
        if (exact.contains(version)) {
            return true;
        }
        if (version.isPreRelease() && !preReleases) {
            return false;
        }
        return lines.stream().anyMatch(range -> range.contains(version.line()));
    }

    /** Whether a line holds, or may hold, wanted releases. */
    boolean touches(Minor line) {
        return lines.stream().anyMatch(range -> range.contains(line))
                || exact.stream().anyMatch(version -> version.line().equals(line));
    }

    /** The lines that the text names, in whatever way. */
    List<Minor> named() {
        return Stream.concat(
                        lines.stream().flatMap(range -> Stream.of(range.first(), range.last())),
                        exact.stream().map(ReleaseVersion::line))
                .filter(line -> !line.equals(LAST))
                .toList();
    }

    /** Whether it names lines, and not only single releases. */
    boolean hasLines() {
        return !lines.isEmpty();
    }

    /** The releases named exactly. */
    List<ReleaseVersion> exact() {
        return exact;
    }

    /** Whether it is written the same, and with or without pre-releases as well. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ReleaseRange range && range.text.equals(text) && range.preReleases == preReleases;
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, preReleases);
    }

    @Override
    public String toString() {
        return text;
    }

    /** Lines from first to last, both included. The order runs 4.8, 4.9, ..., 4.23, 5.0. */
    private record Lines(Minor first, Minor last) {
        boolean contains(Minor line) {
            return first.compareTo(line) <= 0 && line.compareTo(last) <= 0;
        }
    }
}
