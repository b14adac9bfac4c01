package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.kmod.FitMode;
import io.jenkins.plugins.dtk.kmod.Symvers;
import io.jenkins.plugins.dtk.text.Quote;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The folder in which a build on an agent waits for the answer whether its image fits. It holds {@code image.tar}, the
 * file system; {@code symvers}, the kernel's table; {@code others.*}, those of other vendors; {@code mode}; {@code
 * config}, what the builder says of the image. The answer is the file {@code verdict}: {@code fits}, {@code does not fit:
 * ...} or {@code unknown: ...}, and a line for each warning.
 */
public final class AgentFit {

    private static final int MOST_TEXT = 1 << 20;

    private final Path folder;

    /** The folder of one build. */
    public AgentFit(Path folder) {
        this.folder = folder;
    }

    /**
     * Checks the image and writes the answer.
     *
     * @param kernel as {@code uname -r} prints it
     * @throws IOException when the answer cannot be written
     */
    public void answer(String kernel) throws IOException {
        List<String> lines = new ArrayList<>();
        try {
            BuiltFit fit = fit(DriverTarget.parse(kernel));
            lines.add(fit.misfits().isEmpty() ? "fits" : "does not fit: " + first(fit.misfits()));
            lines.addAll(fit.warnings());
            lines.addAll(CertificationLabels.warnings(text("config")));
        } catch (IOException | IllegalArgumentException e) {
            lines.clear();
            lines.add("unknown: " + Quote.shorten(String.valueOf(e.getMessage())));
        }
        Path fresh = folder.resolve("verdict.new");
        Files.write(
                fresh,
                lines.stream().map(line -> line.replaceAll("\\p{Cntrl}", " ")).toList());
        Files.move(fresh, folder.resolve("verdict"), StandardCopyOption.ATOMIC_MOVE);
    }

    private BuiltFit fit(DriverTarget target) throws IOException {
        List<Symvers> others = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "others.*")) {
            for (Path file : files) {
                others.add(symvers("a file of 'symvers'", file));
            }
        }
        try (InputStream archive = Files.newInputStream(folder.resolve("image.tar"))) {
            return BuiltFit.of(
                    archive,
                    target,
                    symvers("the table of kernel " + target, folder.resolve("symvers")),
                    FitMode.parse(text("mode").strip()),
                    others);
        }
    }

    private static Symvers symvers(String name, Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return Symvers.read(name, content);
        }
    }

    private static String first(List<String> misfits) {
        int more = misfits.size() - 1;
        return misfits.get(0) + (more == 0 ? "" : " (and " + more + " more)");
    }

    private String text(String name) throws IOException {
        try (InputStream content = Files.newInputStream(folder.resolve(name))) {
            return new String(content.readNBytes(MOST_TEXT), StandardCharsets.UTF_8);
        }
    }
}
