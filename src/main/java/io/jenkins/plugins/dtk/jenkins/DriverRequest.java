package io.jenkins.plugins.dtk.jenkins;

import io.jenkins.plugins.dtk.driver.DriverPlan;
import io.jenkins.plugins.dtk.driver.DriverState;
import io.jenkins.plugins.dtk.driver.TagPattern;
import io.jenkins.plugins.dtk.kernel.KernelFlavour;
import io.jenkins.plugins.dtk.oci.ImageReference;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which images of a driver {@code dtkMatrix} is asked about.
 *
 * @param version of the driver; empty for none
 * @param plan names the images
 * @param indexes patterns of the tags of indexes
 * @param stale whether to look for images that should be built again
 * @param ofReleases whether the toolkits of releases serve
 * @param library of toolkits; null for none
 * @param excluded why no image is wanted, by kernel
 */
record DriverRequest(
        String version,
        DriverPlan plan,
        Set<KernelFlavour> flavours,
        List<TagPattern> indexes,
        boolean stale,
        boolean ofReleases,
        ImageReference library,
        Map<String, String> excluded) {

    private static final String RELEASE = "release";

    /**
     * Reads the parameters of a step; null where none is about drivers.
     *
     * @throws IllegalArgumentException when one is malformed, or has no meaning without another; one line
     */
    static DriverRequest of(DtkMatrixStep step) {
        if (step.getTag().isEmpty()) {
            boolean given = step.getVersion() != null
                    || step.getExclude() != null
                    || !step.getFlavours().isEmpty()
                    || !step.getToolkit().isEmpty()
                    || !step.getIndex().isEmpty()
                    || step.isStale();
            if (given) {
                throw new IllegalArgumentException(
                        "version, flavours, toolkit, index, stale and exclude are for the images of a"
                                + " driver: name the pattern of its tags too, such as tag: ['{version}-{kernel}']");
            }
            return null;
        }
        if (step.getBaseImage() != null) {
            throw new IllegalArgumentException("'baseImage' is for the images of toolkits; leave it out beside 'tag'");
        }
        String version = step.getVersion() == null ? "" : step.getVersion();
        return new DriverRequest(
                version,
                new DriverPlan(patterns(step.getTag()), version),
                flavours(step.getFlavours()),
                patterns(step.getIndex()),
                step.isStale(),
                step.getToolkit().isEmpty() || step.getToolkit().contains(RELEASE),
                library(step.getToolkit()),
                excluded(step.getExclude()));
    }

    static Map<String, String> excluded(String lines) {
        try {
            return DriverState.checkExcluded(Arguments.pairs("exclude", lines));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("exclude: " + e.getMessage(), e);
        }
    }

    static List<TagPattern> patterns(List<String> tags) {
        return tags.stream().map(TagPattern::parse).toList();
    }

    static Set<KernelFlavour> flavours(List<String> words) {
        Set<KernelFlavour> flavours = EnumSet.noneOf(KernelFlavour.class);
        words.forEach(word -> flavours.add(KernelFlavour.parse(word)));
        return flavours.isEmpty() ? EnumSet.of(KernelFlavour.STANDARD) : flavours;
    }

    /** The library among the sources of toolkits; null for none. */
    static ImageReference library(List<String> toolkit) {
        List<String> others = new ArrayList<>(toolkit);
        others.removeIf(RELEASE::equals);
        if (others.isEmpty()) {
            return null;
        }
        if (others.size() > 1) {
            throw new IllegalArgumentException("'toolkit' names more than one library: " + String.join(", ", others)
                    + "; give 'release', one library HOST/REPO, or both");
        }
        return Arguments.repository("toolkit", others.get(0));
    }
}
