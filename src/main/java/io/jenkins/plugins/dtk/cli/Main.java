package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.http.ProxySettings;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line {@code dtk}. */
@Command(
        name = "dtk",
        versionProvider = Version.class,
        description = "Keeps a library of Driver Toolkit images: one for each kernel that RHEL CoreOS ships.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "'dtk COMMAND --help' lists the options of a command. The launcher ./dtk also",
            "knows 'test', which runs the tests, and 'setup', which installs what they need.",
            "Exit codes: 0 done, 1 failed, 2 wrong usage; 'dtk exists', 'dtk resolve',",
            "'dtk verify' and 'dtk doctor' list their own."
        })
public final class Main implements Runnable {

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = CommandLine.ScopeType.INHERIT,
            description = "Show this help.")
    private boolean help;

    /** Read by {@link CallOptions} before the command line is parsed. */
    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = CommandLine.ScopeType.INHERIT,
            description = "Options that are the same on every call, a line 'name = value' each, such as"
                    + " 'pull-secret = FILE'. The environment, DTK_OPTION_PULL_SECRET, wins over it, and the command"
                    + " line over both. Default: the file that DTK_CONFIG names.")
    private String config;

    @Option(
            names = {"-q", "--quiet"},
            scope = CommandLine.ScopeType.INHERIT,
            description = "Show results, warnings and errors, but no progress.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            scope = CommandLine.ScopeType.INHERIT,
            description = "Show each request, too.")
    private boolean verbose;

    @Option(names = "--version", versionHelp = true, description = "Show the version.")
    private boolean version;

    private Main() {}

    /** Runs a command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        permitProxyLogins();
        // Else picocli looks for closures in the command classes, for which it starts Groovy: a tenth of a second.
        System.setProperty("picocli.disable.closures", "true");
        System.exit(run(Terminal.system(), System.getenv(), args));
    }

    /** Java must know of a proxy's login before it makes its first client; a malformed one is reported by the command. */
    private static void permitProxyLogins() {
        try {
            ProxySettings.of(System.getenv());
        } catch (IllegalArgumentException e) {
            // The command that needs it reports it.
        }
    }

    /** Runs a command and returns its exit code. */
    static int run(Terminal system, Map<String, String> environment, String... args) {
        CallOptions call = new CallOptions(environment, args);
        Terminal terminal = call.has("-q", "--quiet") ? system.quiet() : system;
        CommandLine dtk = commands(terminal, new Faults(terminal.err(), call));
        RequestLog log = call.has("-v", "--verbose") ? RequestLog.on(terminal.err()) : null;
        try {
            return written(terminal, dtk, dtk.execute(call.complete(dtk)));
        } catch (IllegalArgumentException e) {
            terminal.err().println("dtk: " + e.getMessage());
            return CommandLine.ExitCode.USAGE;
        } finally {
            if (log != null) {
                log.close();
            }
        }
    }

    /** All commands, as the documents list them. */
    static CommandLine commands(Terminal terminal, Faults faults) {
        return new CommandLine(new Main())
                .addSubcommand(new MatrixCommand(terminal))
                .addSubcommand(
                        new CommandLine(new CatalogCommand(terminal)).addSubcommand(new CatalogDiffCommand(terminal)))
                .addSubcommand(new ExistsCommand(terminal))
                .addSubcommand(new ResolveCommand(terminal))
                .addSubcommand(new InspectCommand(terminal))
                .addSubcommand(new AttachCommand(terminal))
                .addSubcommand(new VerifyCommand(terminal))
                .addSubcommand(new FitsCommand(terminal))
                .addSubcommand(
                        new CommandLine(new BuildCommand(terminal)).addSubcommand(new ToolkitBuildCommand(terminal)))
                .addSubcommand(new ExportCommand(terminal))
                .addSubcommand(new PruneCommand(terminal))
                .addSubcommand(new RunCommand(terminal))
                .addSubcommand(new DemoCommand(terminal))
                .addSubcommand(new DoctorCommand(terminal))
                .addSubcommand(new CompletionCommand(terminal))
                .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
                .setUsageHelpAutoWidth(true)
                .setExecutionStrategy(Main::checked)
                .setParameterExceptionHandler(faults)
                .setExecutionExceptionHandler(faults);
    }

    private static int checked(CommandLine.ParseResult call) {
        CommandLine.ParseResult last = last(call);
        if (!last.isUsageHelpRequested() && !last.isVersionHelpRequested()) {
            GivenValues.check(call);
        }
        return new CommandLine.RunLast().execute(call);
    }

    private static int written(Terminal terminal, CommandLine dtk, int code) {
        if (code == 0 && terminal.out().checkError()) {
            terminal.err()
                    .println(
                            "dtk: the result could not be written to standard output: check that its disk is not full");
            return failed(dtk);
        }
        return code;
    }

    /** What the command that ran says when it fails: for some, 1 is an answer. */
    private static int failed(CommandLine dtk) {
        return last(dtk.getParseResult()).commandSpec().exitCodeOnExecutionException();
    }

    /** The command that is meant: of a command with commands of its own the innermost. */
    private static CommandLine.ParseResult last(CommandLine.ParseResult call) {
        return call.hasSubcommand() ? last(call.subcommand()) : call;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "name a command");
    }
}
