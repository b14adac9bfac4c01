package io.jenkins.plugins.dtk.demo;

import io.jenkins.plugins.dtk.kernel.Architecture;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A small OpenShift of our own: release payloads, node OS images and driver-toolkit images, true to form, to be
 * published into a registry. Versions, RHCOS builds and kernels are real ones ({@code releases.csv} beside this class);
 * what is in the images beside the facts is not.
 *
 * <pre>{@code
 * try (DockerRegistry registry = DockerRegistry.start()) {
 *     PublishedWorld published = OpenShiftWorld.demo().publish(registry);
 *     try (GraphServer graph = GraphServer.start(published)) {
 *         ... // read them
 *     }
 * }
 * }</pre>
 */
public final class OpenShiftWorld {

    /** Where payloads are, with tags such as {@code 4.14.7-x86_64}, {@code 4.14.7-multi}. */
    public static final String RELEASE_REPOSITORY = "openshift-release-dev/ocp-release";

    /** Where node OS images are, by digest. */
    public static final String NODE_REPOSITORY = "openshift-release-dev/ocp-v4.0-art-dev";

    static final String MULTI = "multi";

    /** Seven kernels from 4.12 on, as many again before that or in pre-releases. */
    private static final Set<String> DEMO = Set.of(
            "4.8.2",
            "4.10.17",
            "4.10.18",
            "4.10.21",
            "4.11.6",
            "4.11.7", //
            "4.12.0-rc.4",
            "4.12.25",
            "4.12.26",
            "4.12.27",
            "4.12.28",
            "4.13.0-rc.8", //
            "4.14.7",
            "4.14.8",
            "4.14.19",
            "4.14.20",
            "4.15.6",
            "4.15.7",
            "4.15.9", //
            "4.17.22",
            "4.18.6",
            "4.19.35",
            "4.20.0-rc.3",
            "4.20.26",
            "4.21.18",
            "4.22.11");

    private static final List<Architecture> TWO = List.of(Architecture.X86_64, Architecture.AARCH64);

    private final List<Release> releases;

    private OpenShiftWorld(List<Release> releases) {
        this.releases = releases;
    }

    /** A world for demonstrations: 26 real releases from 4.8 to 4.22 for x86_64 and aarch64. */
    public static OpenShiftWorld demo() {
        return of(DEMO);
    }

    /** These real releases, for x86_64 and aarch64. */
    public static OpenShiftWorld of(String... versions) {
        return of(new TreeSet<>(Arrays.asList(versions)));
    }

    private static OpenShiftWorld of(Set<String> versions) {
        List<Release> found = Facts.releases(TWO).stream()
                .filter(release -> versions.contains(release.version()))
                .toList();
        if (found.size() != versions.size()) {
            SortedSet<String> unknown = new TreeSet<>(versions);
            found.forEach(release -> unknown.remove(release.version()));
            throw new IllegalArgumentException("not in releases.csv: " + String.join(", ", unknown));
        }
        return new OpenShiftWorld(found);
    }

    /** All recorded releases on all four architectures. */
    public static OpenShiftWorld full() {
        return new OpenShiftWorld(Facts.releases(List.of(Architecture.values())));
    }

    /** This many payloads, for x86_64 and aarch64, of releases and kernels that are well-formed but made up. */
    public static OpenShiftWorld synthetic(int payloads) {
        return new OpenShiftWorld(SyntheticReleases.payloads(payloads));
    }

    /** The same, with Driver Toolkits that are all for one kernel, as a release had one for the kernel before its own. */
    public OpenShiftWorld withToolkitsFor(String kernel) {
        return withToolkitsFor(kernel, releases.stream().map(Release::version).toArray(String[]::new));
    }

    /** The same, with such Driver Toolkits in these releases alone. */
    public OpenShiftWorld withToolkitsFor(String kernel, String... versions) {
        List<String> changed = List.of(versions);
        return new OpenShiftWorld(releases.stream()
                .map(release -> changed.contains(release.version()) ? release.withToolkitFor(kernel) : release)
                .toList());
    }

    /** The releases in the order of their versions. */
    public List<Release> releases() {
        return releases;
    }

    /** What a matrix of all releases and architectures has to say. */
    public Truth truth() {
        return truth(release -> true, List.of(Architecture.values()));
    }

    /** What a matrix of these releases and architectures has to say. */
    public Truth truth(Predicate<Release> wanted, Collection<Architecture> architectures) {
        return Truth.of(releases.stream().filter(wanted).toList(), architectures);
    }

    /** The RHEL versions of all node OSes, such as {@code 8.6}: those that need a base image. */
    public SortedSet<String> rhelVersions() {
        return releases.stream()
                .flatMap(release -> release.nodeOses().stream())
                .map(NodeOs::rhel)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The earlier releases of the same minor version, from which one can update to this one. */
    List<String> previous(Release release) {
        return releases.stream()
                .filter(other -> other.yStream().equals(release.yStream()) && Release.ORDER.compare(other, release) < 0)
                .map(Release::version)
                .toList();
    }

    /**
     * Pushes all images into a registry, as any client would. What is there already is not sent again.
     *
     * @throws IOException when the registry cannot be reached or does not take an image
     */
    public PublishedWorld publish(RegistryAccess registry) throws IOException {
        Tally tally = new Tally();
        return publish(new Uploader(registry, tally), tally);
    }

    /**
     * Puts all images into the storage of a registry of ours, which is many times faster than pushing them. What is
     * there already is not written again.
     */
    public PublishedWorld publish(DockerRegistry registry) throws IOException {
        Tally tally = new Tally();
        return publish(new StorageWriter(registry.storage(), tally), tally);
    }

    /** Puts all images into a registry of ours that is this program's memory. */
    public PublishedWorld publish(MemoryRegistry registry) throws IOException {
        return publish(registry, new Tally());
    }

    private PublishedWorld publish(ImageStore store, Tally tally) throws IOException {
        return new PublishedWorld(this, new WorldPublisher(this, store).publish(), tally);
    }
}
