package io.jenkins.plugins.dtk.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/** Makes docs/cli.md of the commands' own help. */
final class CommandReference {

    private static final int WIDTH = 100;

    private CommandReference() {}

    static String page() {
        StringBuilder contents = new StringBuilder("- [dtk](#dtk)\n");
        StringBuilder sections = new StringBuilder(section(dtk()));
        dtk().getSubcommands().values().forEach(command -> add(command, contents, sections));
        return """
                # The options of dtk

                The commands' own `--help`, written here by a test. [command-line.md](command-line.md) says what each
                command is for.

                """
                + contents + sections;
    }

    /** The names of all options of all commands. */
    static Set<String> options() {
        Set<String> names = new TreeSet<>();
        addOptions(dtk().getCommandSpec(), names);
        return names;
    }

    private static void addOptions(CommandSpec command, Set<String> names) {
        command.options().forEach(option -> names.add(option.longestName()));
        command.subcommands().values().forEach(sub -> addOptions(sub.getCommandSpec(), names));
    }

    private static CommandLine dtk() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        return Main.commands(new Terminal(nowhere, nowhere, false), new Faults(nowhere, new CallOptions(Map.of())))
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(WIDTH);
    }

    private static void add(CommandLine command, StringBuilder contents, StringBuilder sections) {
        String name = command.getCommandSpec().qualifiedName();
        contents.append("- [")
                .append(name)
                .append("](#")
                .append(name.replace(' ', '-'))
                .append(")\n");
        sections.append(section(command));
        command.getSubcommands().values().forEach(sub -> add(sub, contents, sections));
    }

    private static String section(CommandLine command) {
        return "\n## " + command.getCommandSpec().qualifiedName() + "\n\n```text\n"
                + command.getUsageMessage(Ansi.OFF).stripTrailing() + "\n```\n";
    }
}
