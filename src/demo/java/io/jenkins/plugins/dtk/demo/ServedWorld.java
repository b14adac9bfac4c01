package io.jenkins.plugins.dtk.demo;

import io.jenkins.plugins.dtk.kernel.Architecture;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Serves a world of made-up payloads to other programs until standard input ends, for benchmarks. Usage:
 * {@code java -cp dtk.jar io.jenkins.plugins.dtk.demo.ServedWorld FOLDER PAYLOADS}. The folder gets:
 *
 * <pre>
 * kernels       what a matrix of x86_64 and aarch64 has to say: KERNEL GOARCH, one in a line, sorted
 * access.log    the registry's log, one line for each request
 * site          written last: registry=HOST:PORT and graph=URL, one in a line
 * </pre>
 */
public final class ServedWorld {

    private static final List<Architecture> ARCHITECTURES = List.of(Architecture.X86_64, Architecture.AARCH64);

    private ServedWorld() {}

    /** Publishes and serves, and ends with its standard input. */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        OpenShiftWorld world = OpenShiftWorld.synthetic(Integer.parseInt(args[1]));
        try (DockerRegistry registry = DockerRegistry.start();
                GraphServer graph = GraphServer.start(world.publish(registry))) {
            Files.write(folder.resolve("kernels"), kernels(world));
            Files.createSymbolicLink(folder.resolve("access.log"), registry.log());
            Path site = Files.writeString(
                    folder.resolve("site.new"), "registry=" + registry.address() + "\ngraph=" + graph.url() + "\n");
            Files.move(site, folder.resolve("site"));
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static List<String> kernels(OpenShiftWorld world) {
        return world.truth(release -> true, ARCHITECTURES).rows().stream()
                .flatMap(row ->
                        row.architectures().stream().map(architecture -> row.kernel() + " " + architecture.goName()))
                .sorted()
                .toList();
    }
}
