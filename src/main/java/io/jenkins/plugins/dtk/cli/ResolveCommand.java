package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.driver.DriverLibrary;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.library.Resolver;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.release.Discovery;
import io.jenkins.plugins.dtk.release.ReleaseVersion;
import io.jenkins.plugins.dtk.site.Site;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dtk resolve}: which Driver Toolkit image to use for a release or a kernel. */
@Command(
        name = "resolve",
        sortOptions = false,
        description = {
            "Lists which Driver Toolkit image to use for a release's nodes or for a kernel: a line for each, by tag and"
                    + " by digest.",
            "Without --image it is the image that the release brings along, as long as it is for its nodes' kernel.",
            "With --tag it is the image of a driver for a kernel and its flavour; without --driver-version the newest."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:found",
            " 1:there is no image, or none for this kernel",
            " 2:wrong usage",
            " 3:could not tell: the registry or the update graph did not say"
        },
        exitCodeOnExecutionException = ExitCode.UNKNOWN)
final class ResolveCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "RELEASE|KERNEL",
            description = "Such as 4.16.20, or what 'uname -r' prints: 5.14.0-284.11.1.el9_2.x86_64.")
    private String name;

    @Option(
            names = "--arch",
            paramLabel = "ARCH",
            description = "The nodes' architecture. Default: x86_64 for a release; for a kernel what its name says,"
                    + " else the multi-arch image.")
    private String architecture;

    @Option(
            names = "--discovery",
            paramLabel = "graph|tags|both",
            defaultValue = "graph",
            description = "How a release is found: tags are those of --release-repository. Default: ${DEFAULT-VALUE}.")
    private String discovery;

    @Mixin
    private LibraryOptions library;

    @Mixin
    private DriverTagOptions driver;

    @Mixin
    private SourceOptions sources;

    @Mixin
    private CacheOptions cache;

    /** A kernel of any distribution, such as {@code 6.5.6-300.fc39.aarch64}, which would pass for a pre-release. */
    private static final String KERNEL = "\\d+\\.\\d+\\.\\d+-\\d.*\\.(x86_64|aarch64|ppc64le|s390x|fc\\d+)([.+].*)?";

    ResolveCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        Optional<Architecture> wanted = Optional.ofNullable(architecture)
                .map(text -> Usage.checked(spec, "--arch", () -> Architecture.parse(text)));
        Discovery way = Usage.checked(spec, "--discovery", () -> Discovery.parse(discovery));
        boolean isKernel = KernelVersion.isKernelVersion(name);
        boolean isRefusedKernel = !isKernel && name.matches(KERNEL);
        if (isRefusedKernel || !isKernel && !ReleaseVersion.isVersion(name)) {
            throw Usage.wrong(
                    spec,
                    "RELEASE|KERNEL",
                    "'" + name + "' is neither a release such as 4.16.20 nor a kernel such as"
                            + " 5.14.0-284.11.1.el9_2.x86_64"
                            + (isRefusedKernel
                                    ? ": " + KernelVersion.refusal(name).orElse("")
                                    : ""));
        }
        if (driver.areGiven() && !isKernel) {
            throw Usage.wrong(spec, "--tag", "it takes a kernel as 'uname -r' prints it, not a release");
        }
        driver.patterns();
        ImageReference repository = isKernel ? library.need() : library.find();
        try (TerminalProgress progress = new TerminalProgress(terminal)) {
            Site site = sources.site(library, cache, progress);
            if (driver.areGiven() && isKernel) {
                KernelVersion kernel = KernelVersion.parse(name);
                Architecture on = wanted.or(kernel::architecture)
                        .or(() -> kernel.flavour().architecture())
                        .orElse(Architecture.X86_64);
                return report(
                        List.of(new DriverLibrary(site.images(), repository)
                                .resolve(kernel, on, driver.patterns(), driver.version())),
                        progress);
            }
            Resolver resolver = new Resolver(site.releases(), site.images(), repository);
            return report(
                    isKernel
                            ? List.of(resolver.kernel(KernelVersion.parse(name), wanted))
                            : resolver.release(ReleaseVersion.parse(name), wanted.orElse(Architecture.X86_64), way),
                    progress);
        }
    }

    private int report(List<Resolver.Resolution> answers, TerminalProgress progress) {
        int exit = 0;
        for (Resolver.Resolution answer : answers) {
            if (!answer.nodes().isEmpty()) {
                progress.say(answer.nodes());
            }
            terminal.out().println(answer.isThere() ? String.join(" ", answer.names()) : answer.why());
            exit = answer.isThere() ? exit : ExitCode.NO;
        }
        return exit;
    }
}
