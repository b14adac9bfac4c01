package io.jenkins.plugins.dtk.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The words of one call, with the options added that the environment or a file gives for its command. */
final class CallOptions {

    private final Map<String, String> environment;
    private final List<String> words;
    private Defaults defaults;

    CallOptions(Map<String, String> environment, String... words) {
        this.environment = environment;
        this.words = List.of(words);
    }

    /** Whether one of the names of an option without value is among the words. */
    boolean has(String... names) {
        return words.stream().takeWhile(word -> !word.equals("--")).anyMatch(word -> List.of(names)
                .contains(word));
    }

    /**
     * The words, with what is not among them and is known from elsewhere.
     *
     * @throws IllegalArgumentException when the environment or the file is malformed; one line
     */
    String[] complete(CommandLine dtk) {
        defaults = defaults();
        List<String> all = new ArrayList<>(words);
        CommandLine command = dtk;
        int place = 0;
        for (int i = 0; i < all.size(); i++) {
            CommandLine sub = command.getSubcommands().get(all.get(i));
            if (sub != null) {
                command = sub;
                place = i + 1;
            } else if (all.get(i).equals("--config")) {
                i++;
            } else if (!all.get(i).startsWith("-")) {
                break;
            }
        }
        all.addAll(place, missing(command.getCommandSpec()));
        return all.toArray(String[]::new);
    }

    /** Where the value of an option comes from that is not among the words: {@code DTK_OPTION_CA}; else empty. */
    String origin(String option) {
        Defaults.Default known = defaults == null || isGiven(option) ? null : defaults.of(option);
        return known == null ? "" : known.origin();
    }

    private Defaults defaults() {
        String named = configurationFile();
        String file = named == null ? environment.get("DTK_CONFIG") : named;
        return Defaults.of(environment, file, named == null ? "DTK_CONFIG" : "--config");
    }

    /** Null where none is named on the command line. */
    private String configurationFile() {
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).startsWith("--config=")) {
                return words.get(i).substring("--config=".length());
            }
            if (words.get(i).equals("--config") && i + 1 < words.size()) {
                return words.get(i + 1);
            }
        }
        return null;
    }

    private List<String> missing(CommandSpec command) {
        List<String> missing = new ArrayList<>();
        for (OptionSpec option : command.options()) {
            Defaults.Default known = defaults.of(option.longestName());
            if (known != null && !isGiven(option.longestName())) {
                known.values().forEach(value -> missing.add(option.longestName() + "=" + value));
            }
        }
        return missing;
    }

    private boolean isGiven(String option) {
        return words.stream().anyMatch(word -> word.equals(option) || word.startsWith(option + "="));
    }
}
