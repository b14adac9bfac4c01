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
 * Which images are known not to compile or not to fit, or to have no toolkit, so that none is tried again each night. A
 * file of lines: kernel, source, toolkits separated by commas, outcome, reason, place of the log, separated by tabs. What
 * is known holds for the same source and toolkits alone, and that no toolkit has the kernel for any source of a version.
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
     * @param toolkits the digests of those that were tried, in their order: the last is what it was built with, unless
     *     none has the kernel
     * @param outcome that it does not compile, or does not fit, or that there is no toolkit
     * @param reason one line
     * @param log where the log of the build is that found it out, as who noted it writes that; empty when unknown
     */
    public record Known(
            String kernel, String source, List<String> toolkits, Outcome outcome, String reason, String log) {

        /** Whether it is so of a source, too: that a toolkit has the kernel depends on none. */
        private boolean isOf(String other) {
            return outcome == Outcome.NO_TOOLKIT || source.equals(other);
        }

        /** That of these which it is known with; empty when they would not come to the same. */
        private Optional<String> sameOf(List<String> others) {
            for (String other : others) {
                String digest = digest(other);
                if (!toolkits.contains(digest)) {
                    return Optional.empty();
                }
                if (outcome != Outcome.NO_TOOLKIT && digest.equals(toolkits.get(toolkits.size() - 1))) {
                    return Optional.of(other);
                }
            }
            return outcome == Outcome.NO_TOOLKIT ? others.stream().findFirst() : Optional.empty();
        }
    }

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
                                List.of(parts[2].split(",")),
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

    /**
     * What is known of an image, when it comes from this source and the toolkits of the target would come to the same: one
     * that was not tried might be the first that has the kernel.
     */
    public Optional<Known> of(MatrixTarget target, String source) {
        return of(target.target(), source)
                .filter(one -> one.sameOf(target.toolkits()).isPresent());
    }

    /** The toolkit of a target that what is known of it was found with. */
    public static String toolkit(MatrixTarget target, Known known) {
        return known.sameOf(target.toolkits()).orElseGet(target::toolkit);
    }

    /**
     * Those toolkits that were tried, in their order.
     *
     * @param toolkits all that there are
     * @param used the one that the image was built with
     */
    public static List<String> tried(List<String> toolkits, String used, Outcome outcome) {
        return outcome == Outcome.NO_TOOLKIT ? toolkits : toolkits.subList(0, toolkits.indexOf(used) + 1);
    }

    private static String digest(String toolkit) {
        return ImageReference.parse(toolkit).digest().toString();
    }

    /** What is known of a kernel's image, when it comes from this source. */
    public Optional<Known> of(DriverTarget target, String source) {
        return Optional.ofNullable(known.get(Key.of(target.uname(), source))).filter(one -> one.isOf(source));
    }

    /**
     * Notes how a build ended; one that went well is forgotten.
     *
     * @param toolkits those that were tried, by digest
     * @param log of the build; empty where nothing was built: what is known stays as it is
     */
    public void note(
            DriverTarget target, String source, List<String> toolkits, Outcome outcome, String reason, String log) {
        Key key = Key.of(target.uname(), source);
        if (outcome.isLasting()) {
            Known before = known.remove(key); // the newest are last
            List<String> digests = toolkits.stream().map(KnownFailures::digest).toList();
            Known now =
                    new Known(target.uname(), source, digests, outcome, TextTable.plain(reason), TextTable.plain(log));
            known.put(key, log.isEmpty() && before != null && before.isOf(source) ? before : now);
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
                        String.join(",", one.toolkits()),
                        one.outcome().words(),
                        one.reason(),
                        one.log())));
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.write(fresh, lines);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
