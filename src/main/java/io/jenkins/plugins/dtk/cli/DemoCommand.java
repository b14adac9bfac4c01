package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.demo.Busybox;
import io.jenkins.plugins.dtk.demo.CompilingToolkits;
import io.jenkins.plugins.dtk.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dtk demo}: the main job on this machine, twice. */
@Command(
        name = "demo",
        sortOptions = false,
        description = {
            "Runs the main job on this machine, twice.",
            "A registry full of OpenShift releases, Jenkinsfile.example as it stands, images built and pushed by"
                    + " podman; then again, to find nothing left to build."
        })
final class DemoCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Option(
            names = "--keep",
            description = "Leave the registry running at the end, and print how to look around and how to stop it.")
    private boolean keep;

    @Option(
            names = "--drivers",
            description = "Then also keep a library of a driver's images: 'dtk build' in two nights, in toolkits with a"
                    + " real compiler.")
    private boolean drivers;

    DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        List<String> missing = DemoParts.missing();
        if (!missing.isEmpty()) {
            missing.forEach(line -> terminal.err().println("dtk: " + line));
            return 1;
        }
        Ending ending = Ending.awaited();
        try {
            demo();
            return 0;
        } catch (Failure e) {
            throw e;
        } catch (IOException e) {
            throw new Failure(Failure.Kind.LOCAL, e.getMessage(), e);
        } finally {
            ending.close();
        }
    }

    private void demo() throws IOException, InterruptedException {
        Path programs = CacheOptions.userFolder().resolve("busybox");
        if (!Busybox.isIn(programs)) {
            terminal.out().println("Fetching busybox for both architectures from Debian");
        }
        Busybox.fetch(programs);
        CompilingToolkits toolkits = drivers ? toolkits() : null;
        Path folder = Files.createTempDirectory("dtk-demo-");
        Path parts = Files.createDirectory(folder.resolve("parts"));
        try (DemoSite site = new DemoSite(parts, programs);
                DemoLog log = new DemoLog(folder.resolve("log.txt"), terminal.out())) {
            terminal.out()
                    .println("A registry with " + site.payloads() + " OpenShift payloads runs at " + site.address());
            String tag = new DemoRuns(site, log, terminal.out()).run(folder);
            if (drivers) {
                drivers(new DemoDrivers(site, folder, terminal.out()), toolkits);
            }
            if (keep) {
                leave(site, tag, folder);
            }
        } catch (InterruptedException e) {
            DemoStorage.remove(folder);
            throw e;
        } finally {
            for (String part : keep ? List.of("podman", "jenkins", "pull-secret.json") : List.of("")) {
                DemoStorage.remove(parts.resolve(part));
            }
        }
    }

    private CompilingToolkits toolkits() throws IOException, InterruptedException {
        CompilingToolkits toolkits = DemoDrivers.toolkits();
        if (!toolkits.areThere()) {
            terminal.out().println("Fetching a compiler and the headers of a kernel from Debian");
        }
        Ending ending = Ending.interrupting();
        try {
            return toolkits.fetch();
        } finally {
            ending.close();
        }
    }

    private static void drivers(DemoDrivers nights, CompilingToolkits toolkits)
            throws IOException, InterruptedException {
        Ending ending = Ending.interrupting();
        try {
            nights.run(toolkits);
        } finally {
            ending.close();
        }
    }

    private void leave(DemoSite site, String tag, Path folder) {
        long process = site.keepRegistry();
        String library = site.address() + "/" + DemoSite.PATH;
        String options = " --tls-verify=false --authfile " + site.login() + " docker://" + library;
        terminal.out()
                .println(
                        """

                        The registry runs on. Look around in it with:
                          skopeo list-tags%1$s
                          skopeo inspect --raw%1$s:%2$s
                        Stop it and remove all files of the demo with:
                          kill %3$d; rm -rf %4$s
                        """
                                .formatted(options, tag, process, folder));
    }
}
