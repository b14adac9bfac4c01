package io.jenkins.plugins.dtk.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Runs pipelines that are written in a test, and keeps their log. */
final class Pipelines {

    private Pipelines() {}

    /** How a pipeline ended, and what it printed. */
    record Ran(RunOutcome.Result result, String log) {

        List<String> lines() {
            return log.lines().toList();
        }
    }

    static Ran run(String script) {
        return run(script, engine -> {});
    }

    static Ran run(String script, Consumer<EmbeddedEngine> setUp) {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        EmbeddedEngine engine = EmbeddedEngine.ofText(script, Path.of("src/test/resources"))
                .labels(List.of("podman", "x86_64"))
                .output(new PrintStream(log, true, StandardCharsets.UTF_8));
        setUp.accept(engine);
        try {
            return new Ran(engine.run().result(), log.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
