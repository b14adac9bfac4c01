package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.matrix.BaseImagePattern;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.release.Discovery;
import io.jenkins.plugins.dtk.release.ReleaseRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say which releases are meant, and which architectures of them. */
final class ReleaseOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--releases",
            paramLabel = "RANGE",
            defaultValue = MatrixRequest.DEFAULT_RELEASES,
            description = "4.12+, 4.12-4.16, 4.14, 4.14.3 or a comma list of these. Default: ${DEFAULT-VALUE}.")
    private String releases;

    @Option(
            names = "--arch",
            paramLabel = "ARCH",
            description = "Architectures, a comma list. Default: x86_64,aarch64 ('dtk prune': all).")
    private List<String> architectures = new ArrayList<>();

    @Option(
            names = "--channel",
            paramLabel = "CHANNEL",
            defaultValue = MatrixRequest.DEFAULT_CHANNEL,
            description = "candidate, fast, stable or eus. Default: ${DEFAULT-VALUE}.")
    private String channel;

    @Option(names = "--pre-releases", description = "Also ec, fc and rc releases.")
    private boolean preReleases;

    @Option(
            names = "--discovery",
            paramLabel = "graph|tags|both",
            defaultValue = "graph",
            description = "Find releases by the update graph, by the tags of the release repository, or by both."
                    + " Default: ${DEFAULT-VALUE}.")
    private String discovery;

    @Option(
            names = "--verify-layers",
            description =
                    "Read layers to their end and verify them, even if their first 64 KiB hold all that is needed.")
    private boolean verifyLayers;

    /** What to read, or wrong usage of the option that is malformed. */
    MatrixRequest request(BaseImagePattern bases, boolean baseDigests, boolean skipUnreadable) {
        return request(MatrixRequest.architectures(List.of()), bases, baseDigests, skipUnreadable);
    }

    /** The same with other architectures where none is named. */
    MatrixRequest request(
            Set<Architecture> usual, BaseImagePattern bases, boolean baseDigests, boolean skipUnreadable) {
        ReleaseRange range = Usage.checked(spec, "--releases", () -> ReleaseRange.parse(releases));
        Set<Architecture> wanted = Usage.checked(
                spec, "--arch", () -> architectures.isEmpty() ? usual : MatrixRequest.architectures(architectures));
        Discovery way = Usage.checked(spec, "--discovery", () -> Discovery.parse(discovery));
        return Usage.checked(
                spec,
                "--channel",
                () -> new MatrixRequest(
                        preReleases ? range.withPreReleases() : range,
                        wanted,
                        channel,
                        bases,
                        baseDigests,
                        skipUnreadable,
                        way,
                        verifyLayers));
    }
}
