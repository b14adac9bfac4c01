package io.jenkins.plugins.dtk.demo;

import io.jenkins.plugins.dtk.kernel.Architecture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Driver Toolkits in which a real compiler builds kernel modules: Debian's packages, and the headers of Debian's kernel
 * under the names of RHEL's.
 */
public final class CompilingToolkits {

    private static final String SCRIPT = "fetch-toolkits.sh";
    private static final int SHORT = "sha256:".length() + 12;

    /**
     * What a toolkit is for.
     *
     * @param uname the kernel, as {@code uname -r} prints it
     * @param without a symbol that the kernel does not export; empty: it exports all that Debian's does
     */
    public record Kernel(String uname, String without) {}

    private final Architecture architecture;
    private final List<Kernel> kernels;
    private final Path folder;

    /** @param folder where their files are kept, in a folder of their own */
    public CompilingToolkits(Architecture architecture, List<Kernel> kernels, Path folder) {
        this.architecture = architecture;
        this.kernels = List.copyOf(kernels);
        String made = Digests.of(
                Resources.bytes(SCRIPT),
                Resources.bytes("fetch-debs.sh"),
                (architecture + " " + kernels).getBytes(StandardCharsets.UTF_8));
        this.folder = folder.resolve("toolkits-" + made.substring("sha256:".length(), SHORT));
    }

    /** Whether nothing has to be fetched. */
    public boolean areThere() {
        return Files.isDirectory(folder);
    }

    /**
     * Brings what is not there from Debian's mirrors, about 60 MB.
     *
     * @throws IOException when that fails; one line
     */
    public CompilingToolkits fetch() throws IOException, InterruptedException {
        if (areThere()) {
            return this;
        }
        Path made = Files.createTempDirectory(
                Files.createDirectories(Objects.requireNonNull(folder.getParent())), "making-");
        try {
            List<String> arguments = new ArrayList<>(List.of(architecture.goName(), made.toString()));
            kernels.forEach(kernel -> arguments.add(kernel.uname + ":" + kernel.without));
            Scripts.run(SCRIPT, arguments.toArray(String[]::new));
            if (!areThere()) {
                Files.move(made, folder, StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            Scripts.remove(made);
        }
        return this;
    }

    /** Puts them into the storage of a registry, each under its kernel's name as its tag. */
    public void publish(DockerRegistry registry, String repository) throws IOException {
        ImageStore store = new StorageWriter(registry.storage(), new Tally());
        Layer system = layer("system");
        for (Kernel kernel : kernels) {
            Image image = Image.of(Flavour.OCI, architecture)
                    .label("name", "driver-toolkit")
                    .label("kernel-version", kernel.uname)
                    .layer(system)
                    .layer(layer(kernel.uname))
                    .build();
            store.put(repository, image, kernel.uname);
        }
    }

    private Layer layer(String name) throws IOException {
        return new Layer(
                Blob.of(Files.readAllBytes(folder.resolve(name + ".tar.gz"))),
                Files.readString(folder.resolve(name + ".diff")).strip());
    }
}
