package io.jenkins.plugins.dtk.report;

import io.jenkins.plugins.dtk.library.AuditReport;
import io.jenkins.plugins.dtk.library.Compared;
import io.jenkins.plugins.dtk.release.NodeOs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The audit as plain maps and lists, for pipelines and for JSON. */
final class AuditJson {

    private AuditJson() {}

    /**
     * The audit as maps and lists. Keys: {@code findings}, each with {@code release}, {@code arch}, {@code stream},
     * {@code build}, {@code kernel}, and {@code payload} and {@code library} where they were asked, each with
     * {@code answer} ({@code matches}, {@code differs}, {@code absent}, {@code unknown}), {@code image},
     * {@code kernel}, {@code why}; {@code unreadable}; {@code mismatches} and {@code unknown}, two counts.
     */
    public static Map<String, Object> toMap(AuditReport report) {
        List<Object> findings = new ArrayList<>();
        report.findings().forEach(finding -> findings.add(toMap(finding)));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("findings", findings);
        map.put("unreadable", new ArrayList<>(report.unreadable()));
        map.put("mismatches", report.mismatches());
        map.put("unknown", report.unknown());
        return map;
    }

    private static Map<String, Object> toMap(AuditReport.Finding finding) {
        NodeOs node = finding.row().node();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("release", finding.row().release().version().toString());
        map.put("arch", node.architecture().rpmName());
        map.put("stream", node.stream().name());
        map.put("build", node.build());
        map.put("kernel", node.kernel().nvr());
        finding.payload().ifPresent(compared -> map.put("payload", toMap(compared)));
        finding.library().ifPresent(compared -> map.put("library", toMap(compared)));
        return map;
    }

    private static Map<String, Object> toMap(Compared compared) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("answer", compared.answer().name().toLowerCase(Locale.ROOT));
        map.put("image", compared.image());
        compared.kernel().ifPresent(kernel -> map.put("kernel", kernel.nvr()));
        if (!compared.why().isEmpty()) {
            map.put("why", compared.why());
        }
        return map;
    }
}
