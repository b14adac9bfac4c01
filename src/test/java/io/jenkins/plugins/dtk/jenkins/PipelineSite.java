package io.jenkins.plugins.dtk.jenkins;

import io.jenkins.plugins.dtk.demo.DockerRegistry;
import io.jenkins.plugins.dtk.demo.GraphServer;
import io.jenkins.plugins.dtk.demo.OpenShiftWorld;
import io.jenkins.plugins.dtk.demo.PublishedWorld;
import io.jenkins.plugins.dtk.embedded.EmbeddedEngine;
import io.jenkins.plugins.dtk.embedded.RunOutcome;
import io.jenkins.plugins.dtk.embedded.RunOutcome.Result;
import io.jenkins.plugins.dtk.testing.PipelineDriver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A small OpenShift and an image library in one real registry, and pipelines that run against them. */
final class PipelineSite implements AutoCloseable {

    static final String USER = "pusher";
    static final String PASSWORD = "p+ssw0rd/of the pusher";
    static final String ORG = "org-of-the-tests";
    static final String KEY = "key-of-the-tests";

    private final DockerRegistry registry;
    private final GraphServer graph;
    private final Path home;
    private final Map<String, String> environment = new TreeMap<>();
    private Path scm;
    private String rhsmUrl;
    private String rhsmAuthority;
    private String plain = "127.0.0.1:1";
    private String mirrors;

    PipelineSite(Path home, String... releases) throws IOException {
        this(home, OpenShiftWorld.of(releases));
    }

    PipelineSite(Path home, OpenShiftWorld openShift) throws IOException {
        this.home = home;
        registry = DockerRegistry.with()
                .home(home.resolve("registry"))
                .login(USER, PASSWORD)
                .start();
        PublishedWorld world = openShift.publish(registry);
        graph = GraphServer.start(world);
    }

    /** From now on programs on the agent have these variables, and {@code checkout scm} gives this folder. */
    void agent(Map<String, String> variables, Path source) {
        environment.putAll(variables);
        scm = source;
    }

    /** From now on pipelines register with this subscription service. */
    void subscribeAt(String url, String authority) {
        rhsmUrl = url;
        rhsmAuthority = authority;
    }

    /** From now on pipelines reach these registries without TLS, too. */
    void reachPlainly(String... addresses) {
        plain += " " + String.join(" ", addresses);
    }

    /** From now on this stands in the field of registry mirrors. */
    void mirror(String text) {
        mirrors = text;
    }

    DockerRegistry registry() {
        return registry;
    }

    /** What a pipeline came to, and what it wrote. */
    record Ended(RunOutcome outcome, String log) {

        RunOutcome.Result result() {
            return outcome.result();
        }

        /** The line that says why it failed. */
        String error() {
            return log.lines()
                    .filter(line -> line.startsWith("ERROR: "))
                    .reduce((first, last) -> last)
                    .orElse("no error in: " + log);
        }
    }

    Ended run(String script) throws IOException {
        return run(script, Map.of());
    }

    /** Runs a pipeline with the usual credentials, and some of its own. */
    Ended run(String script, Map<String, String> credentials) throws IOException {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        RunOutcome outcome = engine(script, credentials, log).run();
        return new Ended(outcome, log.toString(StandardCharsets.UTF_8));
    }

    /** Runs two pipelines at the same time, as builds of one controller. */
    List<Ended> runBoth(String script, String other) throws IOException {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        ByteArrayOutputStream otherLog = new ByteArrayOutputStream();
        List<RunOutcome> outcomes = engine(script, Map.of(), log).runBeside(List.of(engine(other, Map.of(), otherLog)));
        return List.of(
                new Ended(outcomes.get(0), log.toString(StandardCharsets.UTF_8)),
                new Ended(outcomes.get(1), otherLog.toString(StandardCharsets.UTF_8)));
    }

    private EmbeddedEngine engine(String script, Map<String, String> credentials, ByteArrayOutputStream log) {
        EmbeddedEngine engine = EmbeddedEngine.ofText(script, home)
                .home(home.resolve("jenkins"))
                .labels(List.of("podman", "x86_64", "aarch64"))
                .configuration(configuration())
                .credential("openshift-pull-secret", pullSecret())
                .credential("quay-push", USER + ":" + PASSWORD)
                .credential("quay-wrong", USER + ":not-the-password")
                .credential("rhsm-org", ORG)
                .credential("rhsm-activation-key", KEY)
                .output(new PrintStream(log, true, StandardCharsets.UTF_8));
        credentials.forEach(engine::credential);
        engine.environment(environment);
        if (scm != null) {
            engine.folder(scm);
        }
        return engine;
    }

    private DtkConfiguration configuration() {
        DtkConfiguration configuration = new DtkConfiguration();
        configuration.setGraphUrl(graph.url());
        configuration.setPlainHttpRegistries(List.of(registry.address() + " " + plain));
        configuration.setRegistryLocations(List.of("quay.io=" + registry.address()));
        SavedBefore.set(configuration, "rhsmUrl", rhsmUrl);
        configuration.setRegistryMirrors(mirrors == null ? null : List.of(mirrors));
        SavedBefore.set(configuration, "trustedCertificates", rhsmAuthority);
        return configuration;
    }

    private static String pullSecret() {
        String login =
                java.util.Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        return "{\"auths\":{\"quay.io\":{\"auth\":\"" + login + "\"}}}";
    }

    @Override
    public void close() {
        graph.close();
        registry.close();
    }

    /** Runs a pipeline that needs nothing of a site, in the configuration that a new Jenkins has. */
    static PipelineDriver.Ran ranAlone(String script, Path home) throws IOException {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        Result result = EmbeddedEngine.ofText(script, home)
                .home(home)
                .configuration(new DtkConfiguration())
                .output(new PrintStream(log, true, StandardCharsets.UTF_8))
                .run()
                .result();
        return new PipelineDriver.Ran(result.toString(), log.toString(StandardCharsets.UTF_8));
    }
}
