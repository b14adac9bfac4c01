package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.library.AuditReport;
import io.jenkins.plugins.dtk.library.ImageLibrary.JoinResult;
import io.jenkins.plugins.dtk.library.Resolver.Resolution;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The images of a driver in one repository: which are there, whether each is right, which is for a kernel, and their tags
 * and indexes. Nothing is kept between two questions. Safe for many threads.
 */
public final class DriverLibrary {

    private final RegistryClient client;
    private final ImageReference repository;

    /** Reads and writes through a client. */
    public DriverLibrary(RegistryClient client, ImageReference repository) {
        this.client = client;
        this.repository = repository;
    }

    DriverListing list() throws Failure, InterruptedException {
        return DriverListing.of(client, repository);
    }

    /**
     * The images that are there, each with the tags it really has; one question for all of them.
     *
     * @throws Failure when the registry did not say; one line
     */
    public List<DriverImage> those(List<DriverImage> wanted) throws Failure, InterruptedException {
        return list().those(wanted);
    }

    /**
     * Whether there is an image for each kernel that nodes run, and whether that is for this kernel and flavour.
     *
     * @param unreadable releases that could not be read, for the report
     * @return the answer for each release that ships the kernel of an image
     */
    public AuditReport audit(List<DriverImage> wanted, List<String> unreadable) throws InterruptedException {
        return new DriverAudit(client, repository).of(wanted, unreadable);
    }

    /**
     * The image for a kernel, by its tags: exactly this flavour's, or none.
     *
     * @param version the driver's; empty: the newest that there is
     * @throws Failure when the registry did not say, which is not the same as absent
     */
    public Resolution resolve(
            KernelVersion kernel, Architecture architecture, Collection<TagPattern> patterns, String version)
            throws Failure, InterruptedException {
        return new DriverResolver(client, repository, patterns, version).kernel(kernel, architecture);
    }

    /**
     * Looks whether the images of one kernel and flavour are there after a run, gives each all of its tags, and publishes
     * their indexes. A tag that is there stays as it is.
     *
     * @param kernels what {@code uname -r} prints, by architecture
     * @param tags by architecture
     * @param indexes the tags of indexes that name these images
     * @param hold whether an index stays as it is until the image for every architecture is there
     * @return the images that are there, and the first index
     * @throws Failure when the registry could not be read or written; one line
     */
    public JoinResult complete(
            Map<Architecture, String> kernels,
            Map<Architecture, ? extends Collection<String>> tags,
            Collection<String> indexes,
            boolean hold)
            throws Failure, InterruptedException {
        return new DriverTags(client, repository).complete(kernels, tags, indexes, hold);
    }
}
