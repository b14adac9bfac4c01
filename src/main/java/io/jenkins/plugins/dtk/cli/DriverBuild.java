package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.driver.BuildLog;
import io.jenkins.plugins.dtk.driver.BuiltFit;
import io.jenkins.plugins.dtk.driver.CertificationLabels;
import io.jenkins.plugins.dtk.driver.DriverImage;
import io.jenkins.plugins.dtk.driver.DriverResult;
import io.jenkins.plugins.dtk.driver.ModuleSigning;
import io.jenkins.plugins.dtk.driver.Outcome;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kmod.FitMode;
import io.jenkins.plugins.dtk.kmod.ModuleSignature;
import io.jenkins.plugins.dtk.kmod.Symvers;
import io.jenkins.plugins.dtk.oci.ImageReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Builds one image of a driver with podman, checks it, and pushes it under its tags only if its modules fit. */
final class DriverBuild {

    private static final String SIGNED = "-signed";

    private final Podman podman;
    private final DriverSource source;
    private final FitMode mode;
    private final List<Symvers> others;
    private final Places places;
    private final Optional<ModuleSigning> signing;

    /**
     * Where things are.
     *
     * @param repository the drivers', as it is really reached
     * @param work a private folder
     * @param logs the folder for logs
     * @param logins the file with all logins
     * @param reach how registries are reached
     */
    record Places(ImageReference repository, Path work, Path logs, Path logins, PodmanReach reach) {}

    DriverBuild(
            Podman podman,
            DriverSource source,
            FitMode mode,
            List<Symvers> others,
            Places places,
            Optional<ModuleSigning> signing) {
        this.podman = podman;
        this.source = source;
        this.mode = mode;
        this.others = others;
        this.places = places;
        this.signing = signing;
    }

    /**
     * What is known of a kernel.
     *
     * @param symbols those it exports
     * @param modules those it comes with, by digest
     */
    record Kernel(Symvers symbols, Set<String> modules) {}

    /**
     * Builds one.
     *
     * @param toolkit as it is really reached
     * @param kernel what its kernel exports, and comes with
     */
    DriverResult build(DriverImage image, ImageReference toolkit, Kernel kernel) throws Failure, InterruptedException {
        String name = "localhost/dtk-driver-" + ProcessHandle.current().pid() + ":"
                + image.target().uname().replace('+', '_');
        Path log = places.logs().resolve(image.target().uname() + ".log");
        try {
            Files.deleteIfExists(log);
            if (podman.logged(log, pull(image, toolkit)) != 0) {
                return result(image, Outcome.FAILED, "the toolkit: " + BuildLog.lastLine(log), toolkit, log, List.of());
            }
            int exit = podman.logged(log, arguments(image, toolkit, name));
            return exit == 0 ? checked(image, toolkit, kernel, name, log) : failed(image, toolkit, log);
        } catch (Failure e) {
            throw e;
        } catch (IOException e) {
            throw new Failure(Failure.Kind.LOCAL, "the log " + log + " cannot be written: " + e.getMessage(), e);
        } finally {
            podman.logged(
                    places.work().resolve("clean.log"), List.of("rmi", "--force", "--ignore", name, name + SIGNED));
        }
    }

    private List<String> pull(DriverImage image, ImageReference toolkit) throws IOException {
        List<String> all = new ArrayList<>(List.of("pull", "--quiet", "--authfile=" + places.logins()));
        all.add("--platform=" + image.target().architecture().platform());
        all.addAll(places.reach().options(toolkit.registry()));
        all.add(toolkit.toString());
        return all;
    }

    private List<String> arguments(DriverImage image, ImageReference toolkit, String name) {
        String uname = image.target().uname();
        List<String> all = new ArrayList<>(List.of("build", "--authfile=" + places.logins(), "--tag=" + name));
        all.add("--platform=" + image.target().architecture().platform());
        all.add("--file=" + source.containerfile().toAbsolutePath());
        if (source.text().contains("DTK_AUTO")) {
            all.add("--build-arg=DTK_AUTO=" + toolkit);
        }
        given(image).forEach((key, value) -> all.add("--build-arg=" + key + "=" + value));
        source.arguments()
                .forEach((key, value) -> all.add(
                        "--build-arg=" + key + "=" + image.fill(value).replace("{toolkit}", toolkit.toString())));
        if (!source.target().isEmpty()) {
            all.add("--target=" + source.target());
        }
        source.contexts().forEach((key, path) -> all.add("--build-context=" + key + "=" + path.toAbsolutePath()));
        source.secrets()
                .forEach((key, path) -> all.add(
                        Files.isDirectory(path)
                                ? "--volume=" + path.toAbsolutePath() + ":/run/secrets/" + key + ":ro"
                                : "--secret=id=" + key + ",src=" + path.toAbsolutePath()));
        all.add("--label=kernel-version=" + uname);
        all.add("--label=io.jenkins.plugins.dtk.toolkit=" + toolkit);
        all.add("--label=io.jenkins.plugins.dtk.openshift-releases=" + String.join(",", image.releases()));
        if (!source.version().isEmpty()) {
            all.add("--label=io.jenkins.plugins.dtk.driver-version=" + source.version());
        }
        all.add((source.context() == null
                        ? places.work().resolve("empty")
                        : source.context().toAbsolutePath())
                .toString());
        return all;
    }

    /** What KMM gives every build; a Module's name and namespace only to those that declare them, and do not set them. */
    private Map<String, String> given(DriverImage image) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("KERNEL_VERSION", image.target().uname());
        all.put("KERNEL_FULL_VERSION", image.target().uname());
        String name = places.repository().name();
        Map.of("MOD_NAME", name.substring(name.lastIndexOf('/') + 1), "MOD_NAMESPACE", "openshift-kmm")
                .forEach((key, value) -> {
                    if (source.text().contains(key) && !source.arguments().containsKey(key)) {
                        all.put(key, value);
                    }
                });
        return all;
    }

    private static DriverResult failed(DriverImage image, ImageReference toolkit, Path log) throws IOException {
        Optional<String> error = BuildLog.compileError(log);
        return result(
                image,
                error.isPresent() ? Outcome.DOES_NOT_COMPILE : Outcome.FAILED,
                error.isPresent() ? error.get() : "the build failed: " + BuildLog.lastLine(log),
                toolkit,
                log,
                List.of());
    }

    private DriverResult checked(DriverImage image, ImageReference toolkit, Kernel kernel, String name, Path log)
            throws IOException, InterruptedException {
        BuiltFit fit = fit(image, kernel, name);
        List<String> warnings = new ArrayList<>(fit.warnings());
        warnings.addAll(CertificationLabels.warnings(
                podman.said("image", "inspect", "--format", CertificationLabels.FORMAT, name)));
        if (!fit.misfits().isEmpty()) {
            int more = fit.misfits().size() - 1;
            String why = fit.misfits().get(0) + (more == 0 ? "" : " (and " + more + " more)");
            return result(image, Outcome.DOES_NOT_FIT, why, toolkit, log, warnings);
        }
        String signer = "";
        String pushed = name;
        if (signing.isPresent()) {
            pushed = name + SIGNED;
            Map<String, ModuleSignature> signatures = new DriverSigning(podman, signing.get(), places.work())
                    .sign(name, pushed, image.target(), fit, log);
            signer = DriverSigning.readBack(signatures, fit(image, kernel, pushed));
        }
        for (String tag : image.tags()) {
            ImageReference target = places.repository().withTag(tag);
            List<String> push = new ArrayList<>(List.of("push", "--authfile=" + places.logins()));
            push.addAll(places.reach().options(target.registry()));
            push.addAll(List.of(pushed, "docker://" + target));
            if (podman.logged(log, push) != 0) {
                return result(image, Outcome.FAILED, "it could not be pushed to " + target, toolkit, log, warnings);
            }
        }
        return result(image, Outcome.BUILT, signer, toolkit, log, warnings);
    }

    private BuiltFit fit(DriverImage image, Kernel kernel, String name) throws Failure, InterruptedException {
        return podman.exporting(
                name,
                archive -> BuiltFit.of(archive, image.target(), kernel.symbols(), mode, others, kernel.modules()));
    }

    private static DriverResult result(
            DriverImage image, Outcome outcome, String why, ImageReference toolkit, Path log, List<String> warnings) {
        return new DriverResult(image, outcome, false, why, toolkit.toString(), log.toString(), warnings);
    }
}
