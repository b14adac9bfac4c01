package io.jenkins.plugins.dtk.kernel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Names the distribution of a kernel that is not one of RHEL's or CentOS Stream's. */
final class Distributions {

    private static final Map<Pattern, String> FOREIGN = new LinkedHashMap<>();

    static {
        // OKD moved from Fedora CoreOS to CentOS Stream CoreOS with 4.16 (okd-project/okd#1889).
        FOREIGN.put(
                Pattern.compile("\\.fc\\d+(?=\\.|$)"),
                "it is Fedora's: OKD before 4.16 runs on Fedora CoreOS, whose kernels have no Driver Toolkit here;"
                        + " OKD 4.16 and later run on CentOS Stream CoreOS");
        FOREIGN.put(Pattern.compile("\\.eln\\d*(?=\\.|$)"), "it is that of Fedora ELN, which no node runs");
        FOREIGN.put(Pattern.compile("\\.el\\d+uek(?=\\.|$)"), "it is Oracle's UEK, which RHEL CoreOS does not ship");
    }

    private Distributions() {}

    /** Why a release without a distribution mark of ours is refused. */
    static String why(String release) {
        String foreign = FOREIGN.entrySet().stream()
                .filter(one -> one.getKey().matcher(release).find())
                .map(one -> "; " + one.getValue())
                .findFirst()
                .orElse("");
        return "it names no distribution such as .el9_2, .el10 or .scos9" + foreign;
    }
}
