package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelFlavour;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.kernel.Stream;
import io.jenkins.plugins.dtk.library.ImageLibrary.Existence;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Platform;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.release.Discovery;
import io.jenkins.plugins.dtk.release.DriverToolkits.PayloadToolkit;
import io.jenkins.plugins.dtk.release.NodeOs;
import io.jenkins.plugins.dtk.release.Release;
import io.jenkins.plugins.dtk.release.ReleaseRange;
import io.jenkins.plugins.dtk.release.ReleaseVersion;
import io.jenkins.plugins.dtk.release.Releases;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers which Driver Toolkit image to use, for a release's nodes or for a kernel. */
public final class Resolver {

    private final Releases releases;
    private final ImageReference repository;
    private final ImageLibrary library;
    private final FlavourClaim flavours;

    /**
     * @param releases finds what nodes run
     * @param client reads the library
     * @param repository the library's, or null: then it is the image that a release brings along
     */
    public Resolver(Releases releases, RegistryClient client, ImageReference repository) {
        this.releases = releases;
        this.repository = repository;
        this.library = repository == null ? null : new ImageLibrary(client, repository);
        this.flavours = new FlavourClaim(client);
    }

    /**
     * The image for the nodes of a release; one for each stream that they may run.
     *
     * @param discovery how the release is found
     * @throws Failure when the release does not exist or could not be read, or the registry did not say
     */
    public List<Resolution> release(ReleaseVersion version, Architecture architecture, Discovery discovery)
            throws Failure, InterruptedException {
        List<Release> found = releases.find(
                ReleaseRange.parse(version.toString()),
                List.of(architecture),
                MatrixRequest.DEFAULT_CHANNEL,
                discovery);
        List<Resolution> answers = new ArrayList<>();
        for (Release release : found) {
            List<NodeOs> nodes = releases.nodeOs(release);
            for (NodeOs node : nodes) {
                String stated = "release " + release + ", " + node.stream() + ": nodes run kernel "
                        + node.kernel().nvr();
                Resolution answer =
                        library == null ? own(release, node, nodes) : kernel(node.kernel(), Optional.of(architecture));
                answers.add(new Resolution(stated, answer.names(), answer.why()));
            }
        }
        return answers;
    }

    private Resolution own(Release release, NodeOs node, List<NodeOs> nodes) throws Failure, InterruptedException {
        List<Stream> streams = nodes.stream().map(NodeOs::stream).toList();
        Optional<PayloadToolkit> own = PayloadToolkit.forNode(releases.driverToolkits(release), node.stream(), streams);
        if (own.isEmpty()) {
            return none("release " + release + " has no Driver Toolkit image for nodes of " + node.stream());
        }
        KernelVersion kernel = own.get().toolkit().kernel();
        if (!releases.canBePulled(own.get())) {
            return none(
                    "the registry does not have " + own.get().image() + ", the Driver Toolkit of release " + release);
        }
        return kernel.equals(node.kernel())
                ? new Resolution("", List.of(own.get().image().toString()), "")
                : none("the Driver Toolkit of release " + release + " is for kernel " + kernel.nvr()
                        + ", its nodes run " + node.kernel().nvr() + ": use a library's image");
    }

    /**
     * The library's image for a kernel. For a flavour it is the one under the flavour's own tag, as drivers have them; else
     * the Driver Toolkit for the standard kernel of the same source, if that says that it is for the flavour, too.
     *
     * @param architecture whose image; without, it is what the kernel's name says, else the multi-arch image
     * @throws Failure when the registry did not say, which is not the same as absent
     */
    public Resolution kernel(KernelVersion kernel, Optional<Architecture> architecture)
            throws Failure, InterruptedException {
        Optional<Architecture> wanted = architecture.or(kernel::architecture);
        return kernel.flavour() == KernelFlavour.STANDARD
                ? standard(kernel, wanted)
                : flavoured(
                        kernel, wanted.or(() -> kernel.flavour().architecture()).orElseThrow());
    }

    private Resolution flavoured(KernelVersion kernel, Architecture architecture) throws Failure, InterruptedException {
        String tag = LibraryTag.written(kernel.uname(architecture));
        Optional<Resolution> own = find(tag, List.of(Platform.parse(architecture.platform())));
        if (own.isPresent()) {
            return own.get();
        }
        Resolution toolkit = standard(kernel, Optional.of(architecture));
        String none = "the registry has no " + repository.withTag(tag) + ", and ";
        if (!toolkit.isThere()) {
            return none(none + toolkit.why().replaceFirst("^the registry has ", ""));
        }
        ImageReference image = ImageReference.parse(toolkit.names().get(1));
        String why = flavours.refusal(image, kernel, architecture);
        return why.isEmpty() ? toolkit : none(none + toolkit.names().get(0) + " " + why);
    }

    private Resolution standard(KernelVersion kernel, Optional<Architecture> wanted)
            throws Failure, InterruptedException {
        String nvr = kernel.standard().tag();
        if (wanted.isEmpty()) {
            return find(nvr, List.of()).orElseGet(() -> none("the registry has no " + repository.withTag(nvr)));
        }
        String tag = kernel.standard().tag(wanted.get());
        List<Platform> platform = List.of(Platform.of(wanted.get()));
        Optional<Resolution> single = find(tag, platform);
        return single.isPresent()
                ? single.get()
                : find(nvr, platform)
                        .orElseGet(() -> none("the registry has neither " + repository.withTag(tag) + " nor "
                                + wanted.get().platform() + " in " + nvr));
    }

    private Optional<Resolution> find(String tag, List<Platform> platforms) throws Failure, InterruptedException {
        Existence answer = library.exists(tag, platforms, null);
        if (answer instanceof Existence.Unknown unknown) {
            throw unknown.failure();
        }
        return answer instanceof Existence.Present present
                ? Optional.of(new Resolution(
                        "",
                        List.of(
                                repository.withTag(tag).toString(),
                                repository.withDigest(present.digest()).toString()),
                        ""))
                : Optional.empty();
    }

    private static Resolution none(String why) {
        return new Resolution("", List.of(), why);
    }

    /**
     * Which image to use.
     *
     * @param nodes what the nodes of a release run, in one line; empty when a kernel was asked for
     * @param names the image: by its tag, where it has one, and by its digest; empty when there is none to use
     * @param why one line when there is none
     */
    public record Resolution(String nodes, List<String> names, String why) {

        /** Makes the list unmodifiable. */
        public Resolution {
            names = List.copyOf(names);
        }

        /** Whether there is an image to use. */
        public boolean isThere() {
            return !names.isEmpty();
        }
    }
}
