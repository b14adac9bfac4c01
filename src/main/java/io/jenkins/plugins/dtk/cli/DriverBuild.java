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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds one image of a driver with podman, checks it, and pushes it under its tags only if its modules fit. */
final class DriverBuild {

    private static final String SIGNED = "-signed";

    private final Podman podman = new Podman();
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
     * @param plainHttp whether a registry is reached over plain http, or without verifying its certificate
     */
    record Places(ImageReference repository, Path work, Path logs, Path logins, boolean plainHttp) {}

    DriverBuild(
            DriverSource source, FitMode mode, List<Symvers> others, Places places, Optional<ModuleSigning> signing) {
        this.source = source;
        this.mode = mode;
        this.others = others;
        this.places = places;
        this.signing = signing;
    }

    /**
     * Builds one.
     *
     * @param toolkit as it is really reached
     * @param symbols of its kernel
     */
    DriverResult build(DriverImage image, ImageReference toolkit, Symvers symbols)
            throws Failure, InterruptedException {
        String name = "localhost/dtk-driver-" + ProcessHandle.current().pid() + ":"
                + image.target().uname().replace('+', '_');
        Path log = places.logs().resolve(image.target().uname() + ".log");
        try {
            Files.deleteIfExists(log);
            int exit = podman.logged(log, arguments(image, toolkit, name));
            return exit == 0 ? checked(image, toolkit, symbols, name, log) : failed(image, toolkit, log);
        } catch (Failure e) {
            throw e;
        } catch (IOException e) {
            throw new Failure(Failure.Kind.LOCAL, "the log " + log + " cannot be written: " + e.getMessage(), e);
        } finally {
            podman.logged(
                    places.work().resolve("clean.log"), List.of("rmi", "--force", "--ignore", name, name + SIGNED));
        }
    }

    private List<String> arguments(DriverImage image, ImageReference toolkit, String name) {
        String uname = image.target().uname();
        List<String> all = new ArrayList<>(List.of("build", "--authfile=" + places.logins(), "--tag=" + name));
        all.add("--platform=" + image.target().architecture().platform());
        all.add("--file=" + source.containerfile().toAbsolutePath());
        if (places.plainHttp()) {
            all.add("--tls-verify=false");
        }
        if (source.text().contains("DTK_AUTO")) {
            all.add("--build-arg=DTK_AUTO=" + toolkit);
        }
        all.add("--build-arg=KERNEL_VERSION=" + uname);
        all.add("--build-arg=KERNEL_FULL_VERSION=" + uname);
        source.arguments()
                .forEach((key, value) -> all.add(
                        "--build-arg=" + key + "=" + image.fill(value).replace("{toolkit}", toolkit.toString())));
        if (!source.target().isEmpty()) {
            all.add("--target=" + source.target());
        }
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

    private DriverResult checked(DriverImage image, ImageReference toolkit, Symvers symbols, String name, Path log)
            throws Failure, InterruptedException {
        BuiltFit fit = fit(image, symbols, name);
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
            signer = DriverSigning.readBack(signatures, fit(image, symbols, pushed));
        }
        for (String tag : image.tags()) {
            List<String> push = new ArrayList<>(List.of("push", "--authfile=" + places.logins()));
            if (places.plainHttp()) {
                push.add("--tls-verify=false");
            }
            ImageReference target = places.repository().withTag(tag);
            push.addAll(List.of(pushed, "docker://" + target));
            if (podman.logged(log, push) != 0) {
                return result(image, Outcome.FAILED, "it could not be pushed to " + target, toolkit, log, warnings);
            }
        }
        return result(image, Outcome.BUILT, signer, toolkit, log, warnings);
    }

    private BuiltFit fit(DriverImage image, Symvers symbols, String name) throws Failure, InterruptedException {
        return podman.exporting(name, archive -> BuiltFit.of(archive, image.target(), symbols, mode, others));
    }

    private static DriverResult result(
            DriverImage image, Outcome outcome, String why, ImageReference toolkit, Path log, List<String> warnings) {
        return new DriverResult(image, outcome, false, why, toolkit.toString(), log.toString(), warnings);
    }
}
