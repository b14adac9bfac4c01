package io.jenkins.plugins.dtk.plan;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.testing.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The file system that the real dnf and rpm run in: Debian's packages of them, unpacked. Kept between runs. */
public final class RpmSystem {

    private static final Path SCRIPT = Path.of("src/test/sh/rpm-system.sh");

    private RpmSystem() {}

    /** It as a compressed tar archive. Making it takes about twenty seconds, once for each version of the script. */
    static Path archive(Architecture architecture) throws Exception {
        return archive(architecture, "");
    }

    /** The same with a compiler and what modules are built with, for a kernel that calls itself so; empty: without. */
    public static Path archive(Architecture architecture, String uname) throws Exception {
        Path script = Path.of("src/demo/sh/fetch-debs.sh");
        byte[] hash = MessageDigest.getInstance("SHA-256")
                .digest((Files.readString(SCRIPT) + Files.readString(script)).getBytes());
        Path archive = folder().resolve("rpm-system-" + architecture.goName() + "-" + uname + "-"
                + HexFormat.of().formatHex(hash, 0, 6) + ".tar.gz");
        if (!Files.exists(archive)) {
            Path made = Files.createTempFile(folder(), "rpm-system", ".tar.gz");
            Commands.run("sh", SCRIPT.toString(), architecture.goName(), made.toString(), uname);
            Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE);
        }
        return archive;
    }

    private static Path folder() throws IOException {
        String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        return Files.createDirectories(Path.of(cache, "driver-toolkit-tests"));
    }
}
