package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.driver.MatrixTarget.State;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.ParallelTasks;
import io.jenkins.plugins.dtk.library.ImageLibrary;
import io.jenkins.plugins.dtk.matrix.Catalog;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Platform;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.release.Releases;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out how the images of a plan stand: which are there, and with which Driver Toolkit the others can be built. */
public final class DriverState {

    private static final int THREADS = 16;

    private final Releases releases;
    private final ToolkitFinder wide;
    private final ToolkitFinder cheap;
    private final boolean ofReleases;
    private final Exclusions excluded;
    private StaleImages stale;
    private boolean all;

    /**
     * @param ofReleases whether the toolkits that releases bring along are looked at
     * @param library of toolkits, for kernels whose releases bring none that fits; null for none
     * @param excluded why no image is wanted, as {@link #checkExcluded} takes it
     */
    public DriverState(Releases releases, boolean ofReleases, ImageLibrary library, Map<String, String> excluded) {
        this.releases = releases;
        this.wide = new ToolkitFinder(releases, library);
        // What releases bring along is remembered; a library would be asked about each kernel, each night.
        this.cheap = new ToolkitFinder(releases, null);
        this.ofReleases = ofReleases;
        this.excluded = new Exclusions(excluded);
    }

    /**
     * Checks which kernels are left out.
     *
     * @param excluded the reasons, by kernel as {@code uname -r} prints it, or without its architecture; without flavour
     *     too it stands for all flavours
     * @return the same
     * @throws IllegalArgumentException when one is no kernel, or has no reason; one line
     */
    public static Map<String, String> checkExcluded(Map<String, String> excluded) {
        return new Exclusions(excluded).given();
    }

    /**
     * Looks for images, too, that should be built again.
     *
     * @param client reads the library of toolkits
     * @param toolkits the library; null for none
     */
    public void lookForStale(RegistryClient client, ImageReference toolkits) {
        stale = new StaleImages(client, releases, toolkits);
    }

    /** Looks for the toolkits of the library for images that are there, too: all are to be built again. */
    public void lookForAllToolkits() {
        all = true;
    }

    /**
     * How each image stands.
     *
     * @param indexes that the images belong to
     * @param library that the images belong to; null: what is there is not asked
     */
    public List<MatrixTarget> of(List<DriverImage> wanted, IndexTags indexes, DriverLibrary library)
            throws Failure, InterruptedException {
        DriverListing there = library == null ? null : library.list();
        Map<String, Optional<ImageIndex>> named = new HashMap<>();
        if (there != null) {
            List<String> tags = List.copyOf(indexes.all().keySet());
            List<Optional<ImageIndex>> found = ParallelTasks.map(tags, THREADS, there::index);
            for (int i = 0; i < tags.size(); i++) {
                named.put(tags.get(i), found.get(i));
            }
        }
        return ParallelTasks.map(wanted, THREADS, image -> of(image, indexes.of(image), named, there));
    }

    private MatrixTarget of(
            DriverImage image, List<String> indexes, Map<String, Optional<ImageIndex>> named, DriverListing there)
            throws Failure, InterruptedException {
        DriverTarget target = image.target();
        Optional<String> unwanted = excluded.of(target);
        if (unwanted.isPresent()) {
            return target(image, indexes, State.EXCLUDED, List.of(), unwanted.get(), "");
        }
        if (there != null && there.has(image)) {
            Platform platform = Platform.of(target.architecture());
            boolean isNamed = indexes.stream().allMatch(tag -> named.get(tag)
                    .flatMap(index -> index.forPlatform(platform))
                    .isPresent());
            State state = there.lacksTags(image) || !isNamed ? State.UNTAGGED : State.THERE;
            return there(
                    image,
                    indexes,
                    state,
                    stale == null ? "" : stale.why(image, there).orElse(""));
        }
        try {
            ToolkitCandidates found = wide.candidates(target, rows(image));
            State state = there == null ? State.UNKNOWN : State.MISSING;
            return target(image, indexes, state, found.toolkits(), found.unknown(), "");
        } catch (Failure e) {
            State state = e.kind() == Failure.Kind.ABSENT ? State.NO_TOOLKIT : State.FAILED;
            return target(image, indexes, state, List.of(), e.getMessage().replaceFirst("^no toolkit: ", ""), "");
        }
    }

    /** With its toolkit, where that costs nothing or is needed: for those who build what is there again. */
    private MatrixTarget there(DriverImage image, List<String> indexes, State state, String stale)
            throws InterruptedException {
        boolean asks = all || !stale.isEmpty();
        try {
            if (!asks && !ofReleases) {
                return target(image, indexes, state, List.of(), "", stale);
            }
            ToolkitCandidates found = (asks ? wide : cheap).candidates(image.target(), rows(image));
            return target(image, indexes, state, found.toolkits(), found.unknown(), stale);
        } catch (Failure e) {
            return target(image, indexes, state, List.of(), asks ? e.getMessage() : "", stale);
        }
    }

    private List<Catalog.Row> rows(DriverImage image) {
        return ofReleases ? image.rows() : List.of();
    }

    private static MatrixTarget target(
            DriverImage image, List<String> indexes, State state, List<String> toolkits, String why, String stale) {
        Catalog.Row row = image.rows().get(0);
        return new MatrixTarget(
                image.target(),
                row.node().rhel(),
                row.node().stream(),
                image.releases(),
                image.tags(),
                state,
                toolkits,
                why,
                indexes,
                stale);
    }
}
