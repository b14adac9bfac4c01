package io.jenkins.plugins.dtk.report;

import io.jenkins.plugins.dtk.driver.PublishedFit.FitAnswer;
import io.jenkins.plugins.dtk.text.TextTable;
import java.util.List;
import java.util.Locale;

/** Which kernels modules fit, as a table: a line for each kernel, then the totals. */
final class FitTable {

    private FitTable() {}

    /** The table. */
    public static String of(List<FitAnswer> answers) {
        TextTable table = new TextTable(List.of("KERNEL", "RELEASES", "FIT", "WHY"));
        answers.forEach(answer -> table.add(
                List.of(answer.target().uname(), releases(answer.releases()), word(answer.answer()), answer.why())));
        return table + total(answers);
    }

    /** As users read it: {@code fits}, {@code does not fit}, {@code unknown}. */
    static String word(FitAnswer.Answer answer) {
        return answer == FitAnswer.Answer.MISFIT
                ? "does not fit"
                : answer.name().toLowerCase(Locale.ROOT);
    }

    private static String releases(List<String> releases) {
        return releases.size() <= 2
                ? String.join(",", releases)
                : releases.get(0) + ".." + releases.get(releases.size() - 1) + " (" + releases.size() + ")";
    }

    private static String total(List<FitAnswer> answers) {
        return answers.size() + " kernels: fits " + count(answers, FitAnswer.Answer.FITS) + ", does not fit "
                + count(answers, FitAnswer.Answer.MISFIT) + ", unknown " + count(answers, FitAnswer.Answer.UNKNOWN)
                + "\n";
    }

    private static long count(List<FitAnswer> answers, FitAnswer.Answer wanted) {
        return answers.stream().filter(answer -> answer.answer() == wanted).count();
    }
}
