package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.kernel.RpmVersions;
import io.jenkins.plugins.dtk.library.Resolver.Resolution;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Answers which image of a driver is for a kernel, by its tags: exactly this flavour's, or none. */
final class DriverResolver {

    private final RegistryClient client;
    private final ImageReference repository;
    private final Collection<TagPattern> patterns;
    private final String version;

    /**
     * @param version the driver's; empty: the newest that there is
     */
    DriverResolver(RegistryClient client, ImageReference repository, Collection<TagPattern> patterns, String version) {
        this.client = client.atSource();
        this.repository = repository;
        this.patterns = List.copyOf(patterns);
        this.version = version;
    }

    /**
     * The image for a kernel.
     *
     * @throws Failure when the registry did not say, which is not the same as absent
     */
    Resolution kernel(KernelVersion kernel, Architecture architecture) throws Failure, InterruptedException {
        NavigableMap<String, String> newest = new TreeMap<>(RpmVersions::compare);
        for (String tag : client.tags(repository, null)) {
            DriverTag.parse(tag, patterns, version)
                    .filter(read -> read.isFor(kernel, architecture))
                    .ifPresent(read -> newest.merge(read.version(), tag, (one, other) -> one));
        }
        for (String tag : newest.descendingMap().values()) {
            Optional<Descriptor> found = client.head(repository.withTag(tag));
            if (found.isPresent()) {
                ImageReference digest = repository.withDigest(found.get().digest());
                return new Resolution("", List.of(repository.withTag(tag).toString(), digest.toString()), "");
            }
        }
        return new Resolution(
                "", List.of(), repository + " has no image of the driver for kernel " + kernel.uname(architecture));
    }
}
