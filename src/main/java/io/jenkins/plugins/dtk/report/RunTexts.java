package io.jenkins.plugins.dtk.report;

import java.util.Map;
import java.util.stream.Collectors;

/** What runs came to, as texts for other tools. Each takes the facts of a run by the library's repository. */
public final class RunTexts {

    private RunTexts() {}

    /** One line without markup, such as {@code quay.io/acme/driver-toolkit: 1 failed, 14 built}. */
    public static String summary(Map<String, RunFacts> runs) {
        return runs.entrySet().stream()
                .map(run -> run.getKey() + ": " + words(run.getValue()))
                .collect(Collectors.joining("; "));
    }

    static String words(RunFacts facts) {
        String words = facts.totals().words();
        return words.isEmpty() ? "no kernel is wanted" : words;
    }

    /** A section of Markdown for each run: the totals, and a table of kernels. */
    public static String markdown(Map<String, RunFacts> runs) {
        return runs.entrySet().stream()
                .map(run -> new MarkdownReport(run.getKey(), run.getValue()).text())
                .collect(Collectors.joining("\n"));
    }

    /** For programs: by library its kernels, on one line. */
    public static String json(Map<String, RunFacts> runs) {
        return JsonReports.run(RunJson.toMap(runs));
    }

    /** XML as JUnit's: a suite for each run, a case for each image and for each index that was to be published. */
    public static String junit(Map<String, RunFacts> runs) {
        return JUnitReport.write(runs);
    }
}
