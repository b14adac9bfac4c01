package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.demo.AccessLog;
import io.jenkins.plugins.dtk.demo.CompilingToolkits;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Architecture;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Keeps a library of a driver's images in the demo's world: {@code dtk build} in two nights, as a user types it. */
final class DemoDrivers {

    /** The driver's repository. */
    static final String IMAGE = "quay.io/acme/simple-kmod";

    private static final String TOOLKITS = "quay.io/acme/compiling-toolkit";
    private static final List<String> SOURCE = List.of("Containerfile", "LICENSE", "Makefile", "simple-kmod.c");

    private final DemoSite site;
    private final PrintStream out;
    private final Path sources;
    private final Path logs;

    /** @param folder the logs are in it at the end; other files are in the folder of its parts */
    DemoDrivers(DemoSite site, Path folder, PrintStream out) {
        this.site = site;
        this.out = out;
        sources = folder.resolve("parts").resolve("simple-kmod");
        logs = folder.resolve("driver-logs");
    }

    /** What its toolkits are for: kernels of the demo's world, one of which lacks a symbol that the driver uses. */
    static CompilingToolkits toolkits() {
        Architecture here = here();
        return new CompilingToolkits(
                here,
                List.of(
                        new CompilingToolkits.Kernel("5.14.0-427.61.1.el9_4." + here, ""),
                        new CompilingToolkits.Kernel("5.14.0-570.122.1.el9_6." + here, ""),
                        new CompilingToolkits.Kernel("5.14.0-687.39.1.el9_8." + here, "_printk")),
                CacheOptions.userFolder());
    }

    private static Architecture here() {
        return Architecture.parse(System.getProperty("os.arch"));
    }

    /** Runs both nights. */
    void run(CompilingToolkits toolkits) throws IOException, InterruptedException {
        Files.createDirectory(sources);
        Files.createDirectory(logs);
        for (String name : SOURCE) {
            try (InputStream text = DemoDrivers.class.getResourceAsStream("simple-kmod/" + name)) {
                Files.copy(text, sources.resolve(name));
            }
        }
        site.publish(toolkits, TOOLKITS);
        out.println();
        out.println("A library of drivers: docs/simple-kmod for each kernel of the releases from 4.17 on. The toolkits"
                + " of these runs have a real compiler; there is none for one of the kernels, and one kernel lacks a"
                + " symbol that the driver uses. The toolkits of the releases are asked first; here they are empty.");
        List<String> options = options();
        out.println();
        out.println("First night, by a command of one's own:");
        out.println(DemoCommandLine.text(options));
        night("first", options, 1, "4 images: built 2, no toolkit 1, does not compile 1");
        out.println();
        out.println("Second night, by the same command:");
        AccessLog asked = site.requests();
        night("second", options, 0, "4 images: there 2, no toolkit 1, does not compile 1");
        AccessLog.Requests requests = asked.since();
        if (requests.writes() > 0) {
            throw new Failure(
                    Failure.Kind.LOCAL,
                    "the second run of 'dtk build' wrote to the registry, though nothing was left to build; " + kept());
        }
        out.println("Nothing was left to build, and what does not compile is known. By its own log the registry was"
                + " asked " + requests.count() + " times; nothing was written.");
        out.println();
        out.println("Report of the last night: " + page());
        out.println("Logs of the compiler:     " + logs);
    }

    private void night(String which, List<String> options, int code, String end)
            throws IOException, InterruptedException {
        Path said = logs.resolve("dtk-build-" + which + ".log");
        Instant started = Instant.now();
        int exit = new DemoCommandLine(site.environment(), out).run(options, said);
        try (Stream<String> lines = Files.lines(said)) {
            if (exit != code || lines.noneMatch(end::equals)) {
                throw new Failure(
                        Failure.Kind.LOCAL,
                        "the " + which + " run of 'dtk build' ended with exit code " + exit + ", not with " + code
                                + " and \"" + end + "\"; " + kept());
            }
        }
        out.printf(
                Locale.ROOT,
                "Took %.1f s; exit code %d.%n",
                Duration.between(started, Instant.now()).toMillis() / 1000.0,
                exit);
    }

    private Path page() {
        return logs.resolveSibling("drivers.html");
    }

    private String kept() {
        return "its logs are in " + logs;
    }

    private List<String> options() throws IOException {
        List<String> options = new ArrayList<>(List.of("build", "--image", IMAGE, "--releases", "4.17+"));
        options.addAll(List.of("--arch", here().toString(), "--tag", "{version}-{kernel}"));
        options.addAll(List.of("--driver-version", "1.0.0", "--toolkits", TOOLKITS));
        options.addAll(
                List.of("--containerfile", sources.resolve("Containerfile").toString()));
        options.addAll(List.of("--context", sources.toString(), "--build-arg", "FINAL=" + site.base("9.6")));
        options.addAll(
                List.of("--known", sources.resolveSibling("known-failures").toString()));
        options.addAll(List.of("--logs", logs.toString(), "--report", page().toString()));
        options.addAll(List.of("--cache", sources.resolveSibling("cache").toString()));
        options.addAll(site.sourceOptions());
        return options;
    }
}
