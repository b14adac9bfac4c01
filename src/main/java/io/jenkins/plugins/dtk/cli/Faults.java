package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.failure.Failure;
import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Tells what went wrong: one line for a user's mistake, the whole trace for a bug. */
final class Faults implements CommandLine.IParameterExceptionHandler, CommandLine.IExecutionExceptionHandler {

    private final PrintStream err;

    Faults(PrintStream err) {
        this.err = err;
    }

    @Override
    public int handleParseException(ParameterException fault, String[] args) {
        CommandLine command = fault.getCommandLine();
        err.println("dtk: " + line(fault.getMessage()) + " (see "
                + command.getCommandSpec().qualifiedName() + " --help)");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    @Override
    public int handleExecutionException(Exception fault, CommandLine command, ParseResult arguments) {
        if (fault instanceof Failure failure) {
            err.println("dtk: " + line(failure.getMessage()));
            return command.getCommandSpec().exitCodeOnExecutionException();
        }
        if (fault instanceof InterruptedException) {
            err.println("dtk: interrupted");
            return 130;
        }
        err.println("dtk: this is a bug in dtk " + Version.text() + "; please report it with what follows");
        fault.printStackTrace(err);
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    private static String line(String message) {
        return message == null ? "failed without a reason" : message.strip().replaceAll("\\s*[\\r\\n]+\\s*", "; ");
    }
}
