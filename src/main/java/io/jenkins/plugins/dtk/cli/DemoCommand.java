package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.demo.Busybox;
import io.jenkins.plugins.dtk.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

    /** How long a demo that is asked to end may take to clean up. */
    private static final int LAST_SECONDS = 120;

    private final Terminal terminal;

    @Option(
            names = "--keep",
            description = "Leave the registry running at the end, and print how to look around and how to stop it.")
    private boolean keep;

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
        CountDownLatch cleaned = new CountDownLatch(1);
        Thread hook = new Thread(() -> await(cleaned), "end of the demo");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            demo();
            return 0;
        } catch (Failure e) {
            throw e;
        } catch (IOException e) {
            throw new Failure(Failure.Kind.LOCAL, e.getMessage(), e);
        } finally {
            cleaned.countDown();
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The program is ending, and the hook with it.
            }
        }
    }

    /** Keeps a program that is asked to end alive until the demo has stopped and removed what it started. */
    private static void await(CountDownLatch cleaned) {
        try {
            cleaned.await(LAST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void demo() throws IOException, InterruptedException {
        Path programs = CacheOptions.userFolder().resolve("busybox");
        if (!Busybox.isIn(programs)) {
            terminal.out().println("Fetching busybox for both architectures from Debian");
        }
        Busybox.fetch(programs);
        Path folder = Files.createTempDirectory("dtk-demo-");
        Path parts = Files.createDirectory(folder.resolve("parts"));
        try (DemoSite site = new DemoSite(parts, programs);
                DemoLog log = new DemoLog(folder.resolve("log.txt"), terminal.out())) {
            terminal.out()
                    .println("A registry with " + site.payloads() + " OpenShift payloads runs at " + site.address());
            String tag = new DemoRuns(site, log, terminal.out()).run(folder);
            if (keep) {
                leave(site, tag, folder);
            }
        } finally {
            for (String part : keep ? List.of("podman", "jenkins", "pull-secret.json") : List.of("")) {
                DemoStorage.remove(parts.resolve(part));
            }
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
