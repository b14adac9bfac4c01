package io.jenkins.plugins.dtk.kernel;

import io.jenkins.plugins.dtk.text.Quote;
import java.util.regex.Pattern;

/**
 * The operating system line a node OS image belongs to: {@code rhel-8}, {@code rhel-9}, {@code rhel-10},
 * {@code centos-9}, {@code centos-10}. From OpenShift 4.21 on one release carries two
 * (openshift/machine-config-operator pkg/osimagestream/streams.go). The names are those of the label
 * {@code io.openshift.os.streamclass}.
 *
 * @param name the name, checked
 */
public record Stream(String name) implements Comparable<Stream> {

    private static final Pattern FORM = Pattern.compile("(rhel|centos)-\\d{1,2}");

    /**
     * @throws IllegalArgumentException when it is no stream's name
     */
    public Stream {
        if (!FORM.matcher(name).matches()) {
            throw new IllegalArgumentException("not a stream: " + Quote.of(name) + " (expected a form like rhel-9)");
        }
    }

    /** Whether a text is a stream's name. */
    public static boolean isStream(String text) {
        return FORM.matcher(text).matches();
    }

    /** The RHEL stream of a major. */
    public static Stream rhel(int major) {
        return new Stream("rhel-" + major);
    }

    /** The CentOS Stream of a major. */
    public static Stream centos(int major) {
        return new Stream("centos-" + major);
    }

    /** Whether images of this stream need no Red Hat subscription. */
    public boolean isCentos() {
        return name.startsWith("centos-");
    }

    /** The major version: 8, 9, 10. */
    public int major() {
        return Integer.parseInt(name.substring(name.indexOf('-') + 1));
    }

    @Override
    public int compareTo(Stream other) {
        return RpmVersions.compare(name, other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
