package io.jenkins.plugins.dtk.cli;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * What is wrong with the values of any option. An empty one comes from a variable of a script that was not set: it
 * must not mean the default. Of two values for one name, one would be lost.
 */
final class GivenValues {

    private GivenValues() {}

    /** Checks the options of a call. Messages quote no value, because it may be a secret. */
    static void check(ParseResult call) {
        for (ParseResult part : call.asCommandLineList().stream()
                .map(command -> command.getParseResult())
                .toList()) {
            for (OptionSpec option : part.matchedOptions()) {
                if (option.originalStringValues().contains("")) {
                    throw wrong(part, option, "its value is empty; leave the option out for its default");
                }
                if (option.typeInfo().isMap()) {
                    checkNames(part, option, option.originalStringValues());
                }
            }
        }
    }

    private static void checkNames(ParseResult part, OptionSpec option, List<String> values) {
        Set<String> names = new HashSet<>();
        for (String value : values) {
            String name = value.substring(0, Math.max(0, value.indexOf('=')));
            if (!names.add(name)) {
                throw wrong(part, option, "'" + name + "' is given twice");
            }
        }
    }

    private static ParameterException wrong(ParseResult part, OptionSpec option, String why) {
        return Usage.wrong(part.commandSpec(), option.longestName(), why);
    }
}
