package io.jenkins.plugins.dtk.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dtk completion}: lets bash and zsh complete commands and options. */
@Command(
        name = "completion",
        description = {
            "Writes a script with which bash and zsh complete commands and options.",
            "For one session: source <(dtk completion). For all: write it to",
            "~/.local/share/bash-completion/completions/dtk, or source it in ~/.zshrc after compinit."
        })
final class CompletionCommand implements Runnable {

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    CompletionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        terminal.out().print(AutoComplete.bash("dtk", spec.root().commandLine()));
    }
}
