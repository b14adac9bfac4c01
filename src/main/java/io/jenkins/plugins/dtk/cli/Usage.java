package io.jenkins.plugins.dtk.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks the values of options: what is malformed is wrong usage, reported in one line that names the option. */
final class Usage {

    private Usage() {}

    /** A value, or wrong usage of the option when it is malformed. */
    static <T> T checked(CommandSpec spec, String option, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage(), e);
        }
    }

    /** Lets nothing pass but some words. */
    static void check(CommandSpec spec, String option, String value, List<String> words) {
        if (!words.contains(value)) {
            String all = String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.get(words.size() - 1);
            throw wrong(spec, option, "'" + value + "' is none of " + all);
        }
    }

    /** Lets only a file pass whose folder is there. */
    static void checkFolder(CommandSpec spec, String option, Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw wrong(spec, option, "there is no folder for the file '" + file + "'");
        }
    }

    /** Lets only a folder pass, or one that can still be made. */
    static void checkIsFolder(CommandSpec spec, String option, Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw wrong(spec, option, "'" + folder + "' is no folder; name one, or one that is not there yet");
        }
    }

    static ParameterException wrong(CommandSpec spec, String option, String why) {
        return new ParameterException(spec.commandLine(), option + ": " + why);
    }
}
