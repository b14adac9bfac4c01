package io.jenkins.plugins.dtk.jenkins;

import hudson.model.Run;
import io.jenkins.plugins.dtk.report.RunFacts;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the log of an image is: in its own build, or in the earlier one that found out what is known of it. */
final class ImageLog {

    private static final Pattern PLACE = Pattern.compile("([0-9]{1,9})/execution/node/[0-9]{1,9}/log/");

    private ImageLog() {}

    /**
     * The place of a log below the address of the job, which may be renamed: {@code 12/execution/node/17/log/}.
     *
     * @param node the flow node with the log; empty: there is none
     */
    static String place(Run<?, ?> run, String node) {
        return node.isEmpty() ? "" : run.getNumber() + "/execution/node/" + node + "/log/";
    }

    /** The address of the log, below that of Jenkins; empty where there is none, or its build is no longer there. */
    static String address(Run<?, ?> run, RunFacts.Image image) {
        String place = image.node().isEmpty() ? earlier(run, image.knownLog()) : place(run, image.node());
        return place.isEmpty() ? "" : run.getParent().getUrl() + place;
    }

    private static String earlier(Run<?, ?> run, String place) {
        Matcher matcher = PLACE.matcher(place);
        return matcher.matches() && run.getParent().getBuildByNumber(Integer.parseInt(matcher.group(1))) != null
                ? place
                : "";
    }
}
