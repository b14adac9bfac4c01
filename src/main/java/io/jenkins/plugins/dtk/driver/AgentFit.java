package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.kmod.FitMode;
import io.jenkins.plugins.dtk.kmod.ModuleSignature;
import io.jenkins.plugins.dtk.kmod.Symvers;
import io.jenkins.plugins.dtk.text.Quote;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The folder in which a build on an agent waits for the answer whether its image fits. It holds {@code image.tar}, the
 * file system; {@code symvers}, the kernel's table; {@code others.*}, those of other vendors; {@code mode}; {@code
 * config}, what the builder says of the image. The answer is the file {@code verdict}: {@code fits}, {@code does not fit:
 * ...}, {@code unknown: ...}, or {@code sign} where the layer {@code signed.tar} is to be added before it is asked again,
 * or {@code sign by command} where each file in {@code to-sign} is to be signed in place before; then lines for the log.
 */
public final class AgentFit {

    private static final int MOST_TEXT = 1 << 20;

    /** Says that the modules are signed, and how. */
    private static final String SIGNATURES = "signatures";

    private final Path folder;

    /** The folder of one build. */
    public AgentFit(Path folder) {
        this.folder = folder;
    }

    /**
     * Checks the image and writes the answer.
     *
     * @param kernel as {@code uname -r} prints it
     * @param signing signs the modules, the first time that it is asked about the image; empty for none
     * @throws IOException when the answer cannot be written
     */
    public void answer(String kernel, Optional<ModuleSigning> signing) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        try {
            DriverTarget target = DriverTarget.parse(kernel);
            BuiltFit fit = fit(target);
            if (!fit.misfits().isEmpty()) {
                lines.add("does not fit: " + first(fit.misfits()));
            } else if (signing.isPresent() && !Files.exists(folder.resolve(SIGNATURES))) {
                lines.add(sign(target, fit, signing.get()));
            } else {
                lines.add("fits");
                if (signing.isPresent()) {
                    lines.add(readBack(fit));
                }
            }
            if (!lines.get(0).startsWith("sign")) {
                fit.warnings().forEach(warning -> lines.add("warning: " + warning));
                CertificationLabels.warnings(text("config")).forEach(warning -> lines.add("warning: " + warning));
            }
        } catch (IOException | RuntimeException e) {
            // Without an answer the build would ask for ever: what is read here is whatever was built.
            lines.clear();
            lines.add("unknown: " + Quote.shorten(String.valueOf(e.getMessage())));
        } catch (OutOfMemoryError e) {
            lines.clear();
            lines.add("unknown: the agent's Java has too little memory to read the modules: give it more (-Xmx)");
        }
        write(
                "verdict",
                lines.stream().map(line -> line.replaceAll("\\p{Cntrl}", " ")).toList());
    }

    private void write(String name, List<String> lines) throws IOException {
        Path fresh = folder.resolve(name + ".new");
        Files.write(fresh, lines);
        Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Leaves a layer with the signed modules, which the builder puts onto the image; or before that the modules, where the
     * build signs them itself by a command of the user's.
     */
    private String sign(DriverTarget target, BuiltFit fit, ModuleSigning signing)
            throws IOException, InterruptedException {
        if (signing.isOfBuild() && !Files.exists(folder.resolve(SignedByBuild.FOLDER))) {
            try (InputStream archive = Files.newInputStream(folder.resolve("image.tar"))) {
                signing.leave(archive, signing.paths(target, fit.modules()));
            }
            return "sign by command";
        }
        try (InputStream archive = Files.newInputStream(folder.resolve("image.tar"));
                OutputStream layer = Files.newOutputStream(folder.resolve("signed.tar"))) {
            List<String> lines = new ArrayList<>();
            signing.write(archive, signing.paths(target, fit.modules()), layer)
                    .forEach((path, signature) -> lines.add(path + "\t" + signature));
            write(SIGNATURES, lines);
        }
        return "sign";
    }

    /** Who signed, where every module has the signature that was made for it. */
    private String readBack(BuiltFit fit) throws IOException {
        Map<String, ModuleSignature> found = new TreeMap<>();
        fit.modules().forEach(module -> module.signature().ifPresent(one -> found.put(module.path(), one)));
        List<String> made = Files.readAllLines(folder.resolve(SIGNATURES));
        String signer = "";
        for (String line : made) {
            String path = line.substring(0, line.indexOf('\t'));
            ModuleSignature signature = found.get(path);
            if (signature == null || !line.equals(path + "\t" + signature)) {
                throw new IOException(path + " does not have its new signature in the image");
            }
            signer = signature.signer().isEmpty() ? signature.key() : signature.signer();
        }
        return "signed by " + signer + " (" + made.size() + (made.size() == 1 ? " module)" : " modules)");
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
