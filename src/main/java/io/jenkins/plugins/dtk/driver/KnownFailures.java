package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.text.TextTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which images are known not to compile or not to fit, so that they are not built again each night. A file of lines:
 * kernel, source, toolkit, outcome, reason, place of the log, separated by tabs. What is known holds for the same source and toolkit alone.
 * Versions of a driver that are built in turn each have their own lines; a newer source of a version replaces its older
 * one. It is for the vendor: where source does not compile is no news for the public.
 */
public final class KnownFailures {

    private static final int MOST_BYTES = 16 << 20;

    /** Of more, those that were noted first are forgotten. */
    private static final int MOST_LINES = 20_000;

    private final Path file;
    private final Map<Key, Known> known = new LinkedHashMap<>();

    private record Key(String kernel, String version) {

        static Key of(String kernel, String source) {
            int digest = source.lastIndexOf('@');
            return new Key(kernel, digest < 0 ? source : source.substring(0, digest));
        }
    }

    /**
     * What is known of an image.
     *
     * @param kernel as {@code uname -r} prints it
     * @param source what it was built from: the driver's version, and where it is known {@code @} and a digest of what the
     *     build was given
     * @param toolkit by digest
     * @param outcome that it does not compile, or does not fit
     * @param reason one line
     * @param log where the log of the build is that found it out, as who noted it writes that; empty when unknown
     */
    public record Known(String kernel, String source, String toolkit, Outcome outcome, String reason, String log) {}

    private KnownFailures(Path file) {
        this.file = file;
    }

    /**
     * Reads a file; one that is not there is empty.
     *
     * @param file null: nothing is remembered
     * @throws IllegalArgumentException when it cannot be read or is something else; one line
     */
    public static KnownFailures in(Path file) {
        KnownFailures failures = new KnownFailures(file);
        if (file == null || !Files.exists(file)) {
            return failures;
        }
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new IllegalArgumentException("'" + file + "' is no list of known failures: it is too large");
            }
            for (String line : Files.readAllLines(file)) {
                String[] parts = line.split("\t", 6);
                failures.known.put(
                        Key.of(parts[0], parts[1]),
                        new Known(
                                parts[0],
                                parts[1],
                                parts[2],
                                Outcome.ofWords(parts[3]),
                                parts[4],
                                // Earlier versions stored none.
                                parts.length > 5 ? parts[5] : ""));
            }
            return failures;
        } catch (IOException e) {
            throw new IllegalArgumentException("'" + file + "' cannot be read", e);
        } catch (ArrayIndexOutOfBoundsException | IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + file + "' is no list of known failures", e);
        }
    }

    /** What is known of an image, when it comes from this source and is built with the toolkit that the target names. */
    public Optional<Known> of(MatrixTarget target, String source) {
        return of(target.target(), source).filter(one -> one.toolkit()
                .equals(ImageReference.parse(target.toolkit()).digest().toString()));
    }

    /** What is known of a kernel's image, when it comes from this source. */
    public Optional<Known> of(DriverTarget target, String source) {
        return Optional.ofNullable(known.get(Key.of(target.uname(), source)))
                .filter(one -> one.source().equals(source));
    }

    /**
     * Notes how a build ended; one that went well is forgotten.
     *
     * @param log of the build; empty where nothing was built: what is known keeps its own
     */
    public void note(DriverTarget target, String source, String toolkit, Outcome outcome, String reason, String log) {
        Key key = Key.of(target.uname(), source);
        if (outcome.isLasting()) {
            Known before = known.remove(key); // the newest are last
            boolean same = before != null && before.source().equals(source);
            String place = log.isEmpty() && same ? before.log() : TextTable.plain(log);
            known.put(key, new Known(target.uname(), source, toolkit, outcome, TextTable.plain(reason), place));
        } else if (outcome == Outcome.BUILT) {
            known.remove(key);
        }
    }

    /**
     * Writes the file.
     *
     * @throws IOException when it cannot be written
     */
    public void save() throws IOException {
        if (file == null) {
            return;
        }
        List<String> lines = new ArrayList<>();
        known.values().stream()
                .skip(Math.max(0, known.size() - MOST_LINES))
                .forEach(one -> lines.add(String.join(
                        "\t",
                        one.kernel(),
                        one.source(),
                        one.toolkit(),
                        one.outcome().words(),
                        one.reason(),
                        one.log())));
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.write(fresh, lines);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
