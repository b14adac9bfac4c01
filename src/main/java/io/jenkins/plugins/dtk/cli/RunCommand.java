package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.embedded.EmbeddedEngine;
import io.jenkins.plugins.dtk.embedded.RunOutcome;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.jenkins.DtkConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dtk run}: runs a pipeline in this process, with this machine as the one agent. */
@Command(
        name = "run",
        sortOptions = false,
        description = "Runs a scripted pipeline on this machine, without Jenkins.",
        footer = {
            "",
            "--pull-secret is the same as --credential " + RunCommand.PULL_SECRET_ID + "=@FILE.",
            "Exit codes: 0 the run ended as SUCCESS, 1 it did not, 2 wrong usage."
        })
final class RunCommand implements Callable<Integer> {

    /** The ID by which Jenkinsfile.example names the pull secret. */
    static final String PULL_SECRET_ID = "openshift-pull-secret";

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "JENKINSFILE", description = "The pipeline; 'checkout scm' copies its folder.")
    private Path jenkinsfile;

    @Option(
            names = "--param",
            paramLabel = "K=V",
            description = "The value of a parameter that the pipeline declares; may be repeated.")
    private List<String> parameters = new ArrayList<>();

    @Option(
            names = "--credential",
            paramLabel = "ID=VALUE|ID=@FILE",
            description = "A credential: secret text, a secret file or user:password, whichever the pipeline asks for;"
                    + " may be repeated. Other users see arguments: take @FILE for secrets.")
    private List<String> credentials = new ArrayList<>();

    @Option(
            names = "--executors",
            paramLabel = "N",
            defaultValue = "2",
            description = "How many 'node' blocks run at a time. Default: ${DEFAULT-VALUE}.")
    private int executors;

    @Mixin
    private RhsmUrlOption rhsm;

    @Mixin
    private SourceOptions sources;

    RunCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        RegistryOptions options = sources.registries();
        EmbeddedEngine engine = options.checked("JENKINSFILE", () -> EmbeddedEngine.of(jenkinsfile))
                .output(terminal.out())
                .configuration(configuration());
        options.checked("--executors", () -> engine.executors(executors));
        pairs("--param", parameters).forEach(engine::parameter);
        Map<String, String> secrets = pairs("--credential", credentials);
        if (sources.pullSecret() != null) {
            options.credentials("--pull-secret", sources.pullSecret());
            secrets.putIfAbsent(PULL_SECRET_ID, "@" + sources.pullSecret());
        }
        secrets.forEach((id, value) -> options.checked("--credential", () -> engine.credential(id, value)));
        RunOutcome outcome = outcome(engine);
        if (outcome.result() == RunOutcome.Result.SUCCESS) {
            return 0;
        }
        throw new Failure(Failure.Kind.LOCAL, jenkinsfile + " ended as " + outcome.result() + ": its log says why");
    }

    /** Runs it to its end. */
    static RunOutcome outcome(EmbeddedEngine engine) throws Failure {
        try {
            return engine.run();
        } catch (IOException e) {
            throw new Failure(Failure.Kind.LOCAL, "cannot make a folder for workspaces: " + e.getMessage(), e);
        }
    }

    /** All that says where releases are found and how registries are reached, as every other command takes it. */
    DtkConfiguration configuration() {
        return DtkConfiguration.of(sources.settings(), rhsm.url());
    }

    /** Messages quote the name alone: the value may be a secret. */
    private Map<String, String> pairs(String option, List<String> items) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String item : items) {
            int equals = item.indexOf('=');
            if (equals < 1) {
                throw new ParameterException(spec.commandLine(), option + ": a value has no name; write NAME=VALUE");
            }
            String name = item.substring(0, equals);
            if (pairs.put(name, item.substring(equals + 1)) != null) {
                throw new ParameterException(spec.commandLine(), option + ": '" + name + "' is given twice");
            }
        }
        return pairs;
    }
}
