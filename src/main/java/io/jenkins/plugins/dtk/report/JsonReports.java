package io.jenkins.plugins.dtk.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.dtk.driver.DriverResult;
import io.jenkins.plugins.dtk.driver.PublishedFit.FitAnswer;
import io.jenkins.plugins.dtk.library.AuditReport;
import java.util.List;
import java.util.Map;

/** What other programs read: reports as JSON on one line. */
public final class JsonReports {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonReports() {}

    /** What an audit found. */
    public static String audit(AuditReport report) {
        return line(AuditJson.toMap(report));
    }

    /** What an audit found, as plain maps and lists: a pipeline can store them. */
    public static Map<String, Object> auditMap(AuditReport report) {
        return AuditJson.toMap(report);
    }

    /** Which kernels the modules of a driver image fit. */
    public static String fits(List<FitAnswer> answers) {
        return line(FitJson.toMap(answers));
    }

    /** What {@code dtkBuild} returned, on one line. */
    public static String run(Map<?, ?> built) {
        return line(built);
    }

    /** What became of driver images. */
    public static String drivers(List<DriverResult> results) {
        return line(DriverJson.toMap(results));
    }

    private static String line(Map<?, ?> map) {
        try {
            return MAPPER.writeValueAsString(map);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // maps, lists, texts and numbers are always JSON
        }
    }
}
