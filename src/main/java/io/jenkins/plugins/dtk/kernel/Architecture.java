package io.jenkins.plugins.dtk.kernel;

import io.jenkins.plugins.dtk.text.Quote;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A CPU architecture that OpenShift ships for, with the three names the field uses for it.
 *
 * <p>RPM and {@code uname -m} say {@code x86_64}; containers and the update graph say {@code amd64}.
 */
public enum Architecture {
    X86_64("x86_64", "amd64"),
    AARCH64("aarch64", "arm64"),
    PPC64LE("ppc64le", "ppc64le"),
    S390X("s390x", "s390x");

    private final String rpmName;
    private final String goName;

    Architecture(String rpmName, String goName) {
        this.rpmName = rpmName;
        this.goName = goName;
    }

    /** The name RPM and {@code uname -m} use: {@code x86_64}, {@code aarch64}, {@code ppc64le}, {@code s390x}. */
    public String rpmName() {
        return rpmName;
    }

    /** The name containers and the update graph use (GOARCH): {@code amd64}, {@code arm64}, {@code ppc64le}, {@code s390x}. */
    public String goName() {
        return goName;
    }

    /** The container platform, such as {@code linux/amd64}. */
    public String platform() {
        return "linux/" + goName;
    }

    /**
     * Reads any of the names of an architecture: {@code x86_64}, {@code amd64} or {@code linux/amd64}.
     *
     * @throws IllegalArgumentException when it is none of them; the message lists the known ones
     */
    public static Architecture parse(String text) {
        String name = text.strip();
        for (Architecture architecture : values()) {
            if (architecture.rpmName.equals(name)
                    || architecture.goName.equals(name)
                    || architecture.platform().equals(name)) {
                return architecture;
            }
        }
        throw new IllegalArgumentException("unknown architecture " + Quote.of(text) + ": use one of "
                + Arrays.stream(values()).map(Architecture::rpmName).collect(Collectors.joining(", ")));
    }

    @Override
    public String toString() {
        return rpmName;
    }
}
