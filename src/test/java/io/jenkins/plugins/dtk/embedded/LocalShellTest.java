package io.jenkins.plugins.dtk.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A script on this machine")
class LocalShellTest {

    private static final int BRANCHES = 8;
    private static final int SCRIPTS_OF_EACH = 25;

    @TempDir
    private Path folder;

    /** A process that another thread starts has a copy of each open file; a program that is open for writing does not run. */
    @Test
    @DisplayName("with a line that names its interpreter runs, whatever other branches start at the same moment")
    void together() throws Exception {
        ExecutorService branches = Executors.newFixedThreadPool(BRANCHES);
        try {
            List<Callable<String>> scripts = new ArrayList<>();
            for (int i = 0; i < BRANCHES * SCRIPTS_OF_EACH; i++) {
                scripts.add(() -> run("#!/bin/sh\necho done\n"));
            }
            for (Future<String> outcome : branches.invokeAll(scripts)) {
                assertThat(outcome.get()).isEqualTo("0: done\n");
            }
        } finally {
            branches.shutdownNow();
        }
    }

    private String run(String script) throws Exception {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        LocalShell shell = new LocalShell(script, folder, Map.of(), StandardCharsets.UTF_8, false, log);
        Integer code = shell.follow();
        while (code == null) {
            Thread.sleep(1);
            code = shell.follow();
        }
        shell.cleanUp();
        return code + ": " + log.toString(StandardCharsets.UTF_8);
    }
}
