package io.jenkins.plugins.dtk.matrix;

import io.jenkins.plugins.dtk.kernel.RhelVersion;
import io.jenkins.plugins.dtk.kernel.Stream;
import io.jenkins.plugins.dtk.oci.ImageReference;
import java.util.regex.Pattern;

/**
 * Names the base image of a kernel by a pattern with the placeholders {@code {major}}, {@code {rhel}} (8.4, or the
 * major where no minor exists) and {@code {stream}}.
 *
 * @param pattern the pattern, or empty for the default: UBI of the same minor, and CentOS Stream's own image
 */
public record BaseImagePattern(String pattern) {

    /** Red Hat keeps a UBI tag for every minor of RHEL that was released. */
    public static final String DEFAULT = "registry.access.redhat.com/ubi{major}/ubi:{rhel}";

    private static final String DEFAULT_CENTOS = "quay.io/centos/centos:stream{major}";

    /** What is built on unless another pattern is given. */
    public static final BaseImagePattern USUAL = new BaseImagePattern("");

    private static final Pattern UNKNOWN = Pattern.compile("\\{[^{}]*}");

    /**
     * Reads a pattern; null or blank means the default.
     *
     * @throws IllegalArgumentException when it names no image or has an unknown placeholder; one line
     */
    public static BaseImagePattern parse(String pattern) {
        BaseImagePattern images = new BaseImagePattern(pattern == null ? "" : pattern.strip());
        images.of(new RhelVersion(9, 2), Stream.rhel(9));
        return images;
    }

    /** The base image of a kernel. */
    public ImageReference of(RhelVersion rhel, Stream stream) {
        String used = !pattern.isEmpty() ? pattern : stream.isCentos() ? DEFAULT_CENTOS : DEFAULT;
        String name = used.replace("{major}", Integer.toString(rhel.major()))
                .replace("{rhel}", rhel.toString())
                .replace("{stream}", stream.name());
        if (UNKNOWN.matcher(name).find()) {
            throw new IllegalArgumentException(
                    "not a pattern of base images: '" + used + "' (the placeholders are {major}, {rhel} and {stream})");
        }
        try {
            return ImageReference.parse(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "not a pattern of base images: '" + used + "' (" + e.getMessage() + ")", e);
        }
    }
}
