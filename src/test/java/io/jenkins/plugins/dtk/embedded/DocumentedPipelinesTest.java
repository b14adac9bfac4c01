package io.jenkins.plugins.dtk.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import groovy.lang.Binding;
import groovy.lang.Closure;
import groovy.lang.GroovyShell;
import groovy.lang.MissingMethodException;
import groovy.lang.MissingPropertyException;
import groovy.lang.Script;
import hudson.ExtensionList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each pipeline of the documents is carried out with steps that do nothing: their names, the names and types of their
 * arguments, and what is read of their results have to be right. Others run some of them whole.
 */
@DisplayName("A pipeline in the documents")
class DocumentedPipelinesTest {

    private static final Pattern BLOCK = Pattern.compile("^```groovy\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    /** Steps and symbols of Jenkins and of other plugins that this engine does not have. */
    private static final Set<String> OTHERS = words(
            """
            mail slackSend podTemplate container archiveArtifacts junit
            disableConcurrentBuilds pipelineTriggers cron durabilityHint string file usernamePassword
            """);

    private static final Set<String> TAKE_SYMBOLS = Set.of("properties", "withCredentials");

    private static final Set<String> DECLARATIVE = words(
            """
            pipeline agent stages stage steps script post always unstable failure success fixed options triggers
            """);

    private static final String KERNEL = "5.14.0-427.61.1.el9_4";

    private static final Map<String, StepDescriptor> STEPS = new TreeMap<>();

    @BeforeAll
    static void steps() {
        BuiltIns.add();
        for (StepDescriptor step : ExtensionList.lookup(StepDescriptor.class)) {
            STEPS.put(step.getFunctionName(), step);
        }
    }

    private static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }

    static Map<String, String> pipelines() throws IOException {
        Map<String, String> all = new TreeMap<>();
        for (String file : List.of("Jenkinsfile.example", "Jenkinsfile.driver.example")) {
            all.put(file, Files.readString(Path.of(file)));
        }
        try (Stream<Path> docs = Files.walk(Path.of("docs"));
                Stream<Path> steps = Files.list(Path.of("vars-docs"))) {
            Stream.of(Stream.of(Path.of("README.md")), docs, steps)
                    .flatMap(files -> files)
                    .filter(file -> file.toString().endsWith(".md"))
                    .forEach(file -> all.putAll(blocks(file)));
        }
        return all;
    }

    private static Map<String, String> blocks(Path file) {
        try {
            String page = Files.readString(file);
            Map<String, String> blocks = new TreeMap<>();
            Matcher matcher = BLOCK.matcher(page);
            while (matcher.find()) {
                long line = page.substring(0, matcher.start()).lines().count() + 1;
                blocks.put(file + ":" + line, matcher.group(1));
            }
            return blocks;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Set<Map.Entry<String, String>> each() throws IOException {
        return pipelines().entrySet();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("calls steps that are there, with what they take")
    @MethodSource("each")
    void runs(Map.Entry<String, String> pipeline) {
        assertThatCode(() -> run(pipeline.getValue()))
                .as(pipeline.getKey() + "\n" + pipeline.getValue())
                .doesNotThrowAnyException();
    }

    @Test
    @DisplayName("is found wherever one is, and every step has one")
    void found() throws IOException {
        Map<String, String> all = pipelines();
        assertThat(all).hasSizeGreaterThan(70);
        Set<String> called = new TreeSet<>();
        for (String script : all.values()) {
            called.addAll(run(script));
        }
        assertThat(called)
                .contains(STEPS.keySet().stream()
                        .filter(step -> step.startsWith("dtk"))
                        .toArray(String[]::new));
    }

    @Test
    @DisplayName("that is wrong is found out")
    void wrong() {
        assertThatCode(() -> run("dtkBiuld(matrix: matrix) { }")).isInstanceOf(MissingMethodException.class);
        assertThatCode(() -> run("dtkBuild(matrix: matrix, imgae: 'a/b') { }")).hasMessageContaining("imgae");
        assertThatCode(() -> run("dtkBuild(matrix: matrix, image: 'a/b', limit: 'many') { }"))
                .hasMessageContaining("limit");
        assertThatCode(() -> run("echo resutl.built")).isInstanceOf(MissingPropertyException.class);
        assertThatCode(() -> run("dtkBuild(matrix: matrix, image: 'a/b') { node { dtkImage(no: 1) } }"))
                .hasMessageContaining("'no'");
    }

    /** Carries a pipeline out, and returns the steps that it called. */
    private static List<String> run(String text) {
        Binding names = new Binding();
        names.setVariable("matrix", matrix());
        names.setVariable("result", result());
        names.setVariable("scm", Map.of());
        names.setVariable("params", Map.of("RELEASES", "4.16"));
        names.setVariable("currentBuild", new TreeMap<>(Map.of("fullDisplayName", "job #1")));
        names.setVariable("POD_LABEL", "pod");
        names.setVariable("kernel", version());
        names.setVariable("none", "none");
        names.setVariable("any", "any");
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(Recorder.class.getName());
        Recorder script = (Recorder) new GroovyShell(names, configuration).parse(text);
        names.setVariable("env", new Environment());
        script.run();
        return script.called;
    }

    private static Map<String, Object> matrix() {
        Map<String, Object> target = Map.of("kernel", KERNEL, "flavour", "standard");
        return new TreeMap<>(Map.of("versions", List.of(version()), "targets", List.of(target)));
    }

    private static Map<String, Object> version() {
        List<String> platforms = List.of("linux/amd64", "linux/s390x");
        return new TreeMap<>(Map.of("kernel", KERNEL, "baseDigest", "", "archs", "linux/amd64", "missing", platforms));
    }

    private static Map<String, Object> result() {
        Map<String, Object> image = Map.of("status", "failed", "digest", "", "reason", "no", "agent", "a");
        Map<String, Object> kernel = new TreeMap<>(Map.of("kernel", KERNEL, "index", "published", "digest", ""));
        kernel.putAll(Map.of("reason", "no", "notAttached", "", "archs", Map.of("linux/amd64", image)));
        return Map.of("image", "a/b", "built", 1, "failed", 1, "skipped", 0, "kernels", List.of(kernel));
    }

    /** Any variable of the environment. */
    public static final class Environment extends TreeMap<String, Object> {
        private static final long serialVersionUID = 1L;

        @Override
        public Object get(Object name) {
            return "DTK_PLATFORM".equals(name) ? "linux/amd64" : "a value";
        }
    }

    /** Takes the calls of a pipeline. */
    public abstract static class Recorder extends Script {
        final List<String> called = new ArrayList<>();

        @Override
        public Object invokeMethod(String name, Object arguments) {
            Object[] given = (Object[]) arguments;
            StepDescriptor step = STEPS.get(name);
            if (step == null && !OTHERS.contains(name) && !DECLARATIVE.contains(name)) {
                return super.invokeMethod(name, arguments);
            }
            called.add(name);
            if (step != null && !TAKE_SYMBOLS.contains(name)) {
                bind(step, given);
            }
            if (given.length > 0 && given[given.length - 1] instanceof Closure<?> body) {
                body.call();
            }
            return switch (name) {
                case "dtkMatrix" -> matrix();
                case "dtkTagExists" -> true;
                case "dtkVerify" -> Map.of("releases", List.of());
                case "dtkBuild" -> result();
                case "dtkReport" -> Map.of("summary", "", "markdown", "", "junit", "");
                default -> "";
            };
        }

        private static void bind(StepDescriptor step, Object[] given) {
            try {
                if (given.length > 0 && given[0] instanceof Map<?, ?> named) {
                    Map<String, Object> byName = new TreeMap<>();
                    named.forEach((name, value) -> byName.put(name.toString(), value));
                    new StepArguments(step).bind(byName);
                } else if (given.length > 0 && !(given[0] instanceof Closure)) {
                    StepArguments parameters = new StepArguments(step);
                    parameters.bind(Map.of(parameters.soleParameter(), given[0]));
                }
            } catch (Exception e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }
    }
}
