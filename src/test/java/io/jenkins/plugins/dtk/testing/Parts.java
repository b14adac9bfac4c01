package io.jenkins.plugins.dtk.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * The real programs a test runs against. A test that needs one that is absent is skipped, loudly; with
 * {@code -Ddtk.parts=required}, as {@code ./dtk test} and CI say, it fails instead.
 */
public final class Parts {

    private static final boolean REQUIRED = "required".equals(System.getProperty("dtk.parts"));

    private Parts() {}

    /** Skips the running test, or fails it, unless each of these programs is on the PATH. */
    public static void need(String... programs) {
        List<String> absent = new ArrayList<>();
        for (String program : programs) {
            if (!onPath(program)) {
                absent.add(program);
            }
        }
        if (!absent.isEmpty()) {
            missing(String.join(", ", absent));
        }
    }

    /** Skips the running test, or fails it, unless this machine runs programs of {@code aarch64} by QEMU. */
    public static void needArm64() {
        if (!"aarch64".equals(System.getProperty("os.arch"))
                && !Files.exists(Path.of("/proc/sys/fs/binfmt_misc/qemu-aarch64"))) {
            missing("qemu-aarch64 in binfmt_misc");
        }
    }

    /** Whether a program of this name is on the PATH. */
    public static boolean onPath(String program) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Skips the running test where a part is there and this machine does not let it run, as in a container without
     * privileges. No package mends that, so it is a skip also where all parts are required.
     */
    public static void refused(String why) {
        System.err.println("SKIPPED, " + why);
        Assumptions.abort(why);
    }

    static void missing(String what) {
        String message = "not on this machine: " + what + " ('./dtk setup' installs it)";
        if (REQUIRED) {
            Assertions.fail(message);
        }
        refused(message);
    }
}
