package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.ParallelTasks;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.library.AuditReport;
import io.jenkins.plugins.dtk.library.Compared;
import io.jenkins.plugins.dtk.library.Compared.Answer;
import io.jenkins.plugins.dtk.matrix.Catalog;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import io.jenkins.plugins.dtk.oci.ImageManifest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.oci.Platform;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a driver has an image for each kernel that nodes run, and whether that is for this kernel and flavour. */
final class DriverAudit {

    private static final int THREADS = 16;

    /** What an image says of its kernel, as {@code uname -r} prints it. */
    private static final String KERNEL = "kernel-version";

    private final RegistryClient client;
    private final ImageReference repository;

    /** Reads through a client. */
    DriverAudit(RegistryClient client, ImageReference repository) {
        this.client = client.atSource();
        this.repository = repository;
    }

    /** The answer for each release that ships the kernel of an image. */
    AuditReport of(List<DriverImage> wanted, List<String> unreadable) throws InterruptedException {
        List<Compared> compared = ParallelTasks.map(wanted, THREADS, this::compare);
        List<AuditReport.Finding> findings = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            for (Catalog.Row row : wanted.get(i).rows()) {
                findings.add(new AuditReport.Finding(row, Optional.empty(), Optional.of(compared.get(i))));
            }
        }
        return new AuditReport(findings, unreadable);
    }

    private Compared compare(DriverImage image) throws InterruptedException {
        ImageReference first = repository.withTag(image.tags().get(0));
        try {
            for (String tag : image.tags()) {
                Optional<Manifest> found = client.findManifest(repository.withTag(tag));
                if (found.isPresent()) {
                    return compare(image, repository.withTag(tag), found.get());
                }
            }
            return new Compared(Answer.ABSENT, first.toString(), Optional.empty(), "the registry has no " + first);
        } catch (Failure e) {
            return new Compared(Answer.UNKNOWN, first.toString(), Optional.empty(), e.getMessage());
        }
    }

    private Compared compare(DriverImage image, ImageReference tag, Manifest found)
            throws Failure, InterruptedException {
        Platform platform = Platform.of(image.target().architecture());
        Manifest single = found;
        if (found instanceof ImageIndex index) {
            var entry = index.forPlatform(platform);
            if (entry.isEmpty()) {
                return new Compared(
                        Answer.ABSENT, tag.toString(), Optional.empty(), tag + " has no image for " + platform);
            }
            single = client.manifest(repository.withDigest(entry.get().digest()));
        }
        String name = repository.withDigest(single.digest()).toString();
        if (!(single instanceof ImageManifest manifest)) {
            return new Compared(Answer.UNKNOWN, name, Optional.empty(), tag + " is an index of indexes");
        }
        var config = client.config(repository, manifest);
        String stated = config.labels().getOrDefault(KERNEL, "");
        Optional<KernelVersion> kernel =
                KernelVersion.isKernelVersion(stated) ? Optional.of(KernelVersion.parse(stated)) : Optional.empty();
        if (!config.platform().matches(platform)) {
            return new Compared(Answer.DIFFERS, name, kernel, tag + " is for " + config.platform());
        }
        if (kernel.isEmpty()) {
            return new Compared(
                    Answer.UNKNOWN, name, kernel, tag + " has no label " + KERNEL + ", so does not say what it is for");
        }
        return stated.equals(image.target().uname())
                ? new Compared(Answer.MATCHES, name, kernel, "")
                : new Compared(
                        Answer.DIFFERS, name, kernel, tag + " is for kernel " + stated + ", not " + image.target());
    }
}
