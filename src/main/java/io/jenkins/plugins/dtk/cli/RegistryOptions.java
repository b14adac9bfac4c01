package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.http.ProxySettings;
import io.jenkins.plugins.dtk.registry.MirrorSettings;
import io.jenkins.plugins.dtk.registry.RegistryCredentials;
import io.jenkins.plugins.dtk.release.ReleaseSources;
import io.jenkins.plugins.dtk.site.SiteSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say how registries are reached. */
final class RegistryOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--plain-http",
            paramLabel = "HOST:PORT",
            description = "A registry that is reached over plain http; may be repeated.")
    private List<String> plainHttp = new ArrayList<>();

    @Option(
            names = "--unverified-tls",
            paramLabel = "HOST[:PORT]",
            description = "A registry that is reached with TLS without verifying its certificate; may be repeated.")
    private List<String> unverifiedTls = new ArrayList<>();

    @Option(
            names = "--location",
            paramLabel = "PREFIX=PLACE",
            description = "Where images whose names begin with PREFIX really are, such as"
                    + " quay.io=mirror.example.com:5000/quay; may be repeated.")
    private List<String> locations = new ArrayList<>();

    @Option(
            names = "--mirror",
            paramLabel = "PREFIX=PLACE",
            description = "Where images whose names begin with PREFIX are read first; they are read at their source"
                    + " where it does not have them. May be repeated.")
    private List<String> mirrors = new ArrayList<>();

    @Option(
            names = "--mirrors-file",
            paramLabel = "FILE",
            description = "Mirrors as a site has them: a registries.conf of version 2, or YAML of ImageDigestMirrorSet,"
                    + " ImageTagMirrorSet and ImageContentSourcePolicy; may be repeated.")
    private List<Path> mirrorFiles = new ArrayList<>();

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description =
                    "Certificate authorities to trust in addition to Java's, in PEM; those below a line [HOST] for that"
                            + " registry alone.")
    private Path ca;

    @Option(
            names = "--requests-per-second",
            paramLabel = "NUMBER",
            description = "How many requests may start in a second, for one host. Default: what the host takes.")
    private int requestsPerSecond;

    /** The certificates of {@code --ca}; empty without it. */
    String certificates() {
        return ca == null ? "" : checked("--ca", () -> certificates(ca));
    }

    private static String certificates(Path file) {
        String text = TextFile.read(file);
        if (text.isBlank()) {
            throw new IllegalArgumentException("'" + file + "' is empty; it should hold certificates in PEM");
        }
        return text;
    }

    /** The settings these options and the sources make. */
    SiteSettings settings(ReleaseSources sources) {
        SiteSettings settings = new SiteSettings(
                sources,
                checked("--plain-http", () -> SiteSettings.registries(plainHttp)),
                checked("--unverified-tls", () -> SiteSettings.registries(unverifiedTls)),
                checked("--location", () -> SiteSettings.locations(locations)),
                checked("--mirror", () -> SiteSettings.mirrors(mirrors)),
                certificates(),
                checkedRate(),
                checked("the environment", () -> ProxySettings.of(System.getenv())));
        for (Path file : mirrorFiles) {
            MirrorSettings more =
                    checked("--mirrors-file", () -> MirrorSettings.parse(TextFile.read(file), "'" + file + "'"));
            more.notes().forEach(note -> spec.commandLine().getErr().println("dtk: '" + file + "': " + note));
            settings = settings.with(more);
        }
        SiteSettings complete = settings;
        checked(ca == null ? "--location" : "--ca", () -> complete.registryClient(RegistryCredentials.none()));
        return complete;
    }

    private int checkedRate() {
        return checked("--requests-per-second", () -> {
            SiteSettings.checkRequestsPerSecond(requestsPerSecond);
            return requestsPerSecond;
        });
    }

    /** The logins in a file as docker and podman write it; none for null. */
    RegistryCredentials credentials(String option, Path file) {
        return file == null
                ? RegistryCredentials.none()
                : checked(option, () -> RegistryCredentials.fromDockerConfig(TextFile.read(file), "'" + file + "'"));
    }

    /** A value, or wrong usage of the option when it is malformed. */
    <T> T checked(String option, Supplier<T> value) {
        return Usage.checked(spec, option, value);
    }
}
