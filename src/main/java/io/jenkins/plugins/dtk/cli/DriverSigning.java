package io.jenkins.plugins.dtk.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.dtk.driver.BuiltFit;
import io.jenkins.plugins.dtk.driver.DriverTarget;
import io.jenkins.plugins.dtk.driver.ModuleSigning;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kmod.KernelModule;
import io.jenkins.plugins.dtk.kmod.ModuleSignature;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Signs the modules of an image that podman built: a layer on top of it has them signed, and nothing else. The key takes
 * no part in a build.
 */
final class DriverSigning {

    private static final String BASE = "org.opencontainers.image.base.";

    private final Podman podman;
    private final ModuleSigning signing;
    private final Path work;

    /** @param work a private folder */
    DriverSigning(Podman podman, ModuleSigning signing, Path work) {
        this.podman = podman;
        this.signing = signing;
        this.work = work;
    }

    /** Makes an image with signed modules; returns the signatures by path. */
    Map<String, ModuleSignature> sign(String image, String signed, DriverTarget target, BuiltFit built, Path log)
            throws Failure, InterruptedException {
        Set<String> paths = signing.paths(target, built.modules());
        try {
            Path context = Files.createDirectories(work.resolve("signing"));
            Map<String, ModuleSignature> signatures = podman.exporting(image, archive -> {
                try (OutputStream layer = Files.newOutputStream(context.resolve("signed.tar"))) {
                    return signing.write(archive, paths, layer);
                }
            });
            Files.writeString(context.resolve("Containerfile"), "FROM " + image + "\nADD signed.tar /\n");
            if (podman.logged(log, arguments(image, signed, target, context)) != 0) {
                throw new Failure(
                        Failure.Kind.LOCAL, "the layer with the signed modules could not be added; see " + log);
            }
            return signatures;
        } catch (Failure e) {
            throw e;
        } catch (IOException e) {
            throw new Failure(Failure.Kind.LOCAL, "modules cannot be signed: " + e.getMessage(), e);
        }
    }

    /** The image is said to be based on what it was based on before. */
    private List<String> arguments(String image, String signed, DriverTarget target, Path context)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(
                "build",
                "--pull=never",
                "--tag=" + signed,
                "--platform=" + target.architecture().platform(),
                "--file=" + context.resolve("Containerfile")));
        JsonNode before = new ObjectMapper()
                .readTree(podman.said("image", "inspect", "--format", "{{json .Annotations}}", image));
        for (String what : List.of("name", "digest")) {
            all.add("--annotation=" + BASE + what + "="
                    + before.path(BASE + what).asText());
        }
        all.add(context.toString());
        return all;
    }

    /**
     * Looks whether the image has what was signed.
     *
     * @param built what was read of the image with the signed modules
     * @return who signed them
     */
    static String readBack(Map<String, ModuleSignature> signatures, BuiltFit built) throws Failure {
        String signer = "";
        for (Map.Entry<String, ModuleSignature> one : signatures.entrySet()) {
            Optional<ModuleSignature> found = built.modules().stream()
                    .filter(module -> module.path().equals(one.getKey()))
                    .findFirst()
                    .flatMap(KernelModule::signature);
            if (!found.equals(Optional.of(one.getValue()))) {
                throw new Failure(Failure.Kind.LOCAL, one.getKey() + " does not have its new signature in the image");
            }
            signer = found.get().signer().isEmpty()
                    ? found.get().key()
                    : found.get().signer();
        }
        return "signed by " + signer + " (" + signatures.size() + (signatures.size() == 1 ? " module)" : " modules)");
    }
}
