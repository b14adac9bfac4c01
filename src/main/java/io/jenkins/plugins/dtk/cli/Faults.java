package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.text.Quote;
import java.io.PrintStream;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports what went wrong: one line for a user's mistake, the whole trace for a bug. */
final class Faults implements CommandLine.IParameterExceptionHandler, CommandLine.IExecutionExceptionHandler {

    private static final Pattern NAMED = Pattern.compile("(--[a-z-]+): .*", Pattern.DOTALL);

    private final PrintStream err;
    private final CallOptions call;

    Faults(PrintStream err, CallOptions call) {
        this.err = err;
        this.call = call;
    }

    @Override
    public int handleParseException(ParameterException fault, String[] args) {
        CommandLine command = fault.getCommandLine();
        err.println("dtk: " + line(wording(fault)) + " (see "
                + command.getCommandSpec().qualifiedName() + " --help)");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** An unknown word is called what it is, with the nearest one; a value that was not typed names its origin. */
    private String wording(ParameterException fault) {
        if (fault instanceof UnmatchedArgumentException unknown) {
            String word = unknown.getUnmatched().get(0);
            CommandSpec command = fault.getCommandLine().getCommandSpec();
            boolean option = word.startsWith("-");
            if (!option && command.subcommands().isEmpty()) {
                return Quote.of(word) + " is one argument too many";
            } else {
                List<String> nearest = unknown.getSuggestions();
                return "there is no " + (option ? "option " : "command ") + Quote.of(word)
                        + (nearest.isEmpty() ? "" : "; did you mean " + Quote.of(nearest.get(0)) + "?");
            }
        }
        if (fault instanceof MissingParameterException missing) {
            return missing.getMissing().stream().map(Faults::isMissing).collect(Collectors.joining("; "));
        }
        if (fault.getArgSpec() != null && fault.getMessage().startsWith("Value for option")) {
            // The value may be a secret that was typed where its file belongs.
            return name(fault.getArgSpec()) + ": a value is not of the form "
                    + fault.getArgSpec().paramLabel();
        }
        if (fault.getArgSpec() != null && fault.getMessage().startsWith("Invalid value for")) {
            return notOfItsType(fault);
        }
        return withOrigin(fault.getMessage());
    }

    private String withOrigin(String message) {
        Matcher named = NAMED.matcher(message);
        String origin = named.matches() ? call.origin(named.group(1)) : "";
        return message + (origin.isEmpty() ? "" : " (the value is from " + origin + ")");
    }

    /** Not in the words of Java; where the value came from is said, too. */
    private String notOfItsType(ParameterException fault) {
        boolean number = fault.getArgSpec().type() == int.class;
        return withOrigin(name(fault.getArgSpec()) + ": " + Quote.of(String.valueOf(fault.getValue()))
                + (number ? " is no whole number of this size" : " is not what it takes"));
    }

    private static String isMissing(ArgSpec argument) {
        return name(argument) + (argument.isOption() ? " needs a value, " + argument.paramLabel() : " is missing");
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
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
