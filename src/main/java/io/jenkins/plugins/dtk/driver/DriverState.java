package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.driver.MatrixTarget.State;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.ParallelTasks;
import io.jenkins.plugins.dtk.library.ImageLibrary;
import io.jenkins.plugins.dtk.matrix.Catalog;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.release.Releases;
import java.util.List;
import java.util.Map;

/** Finds out how the images of a plan stand: which are there, and with which Driver Toolkit the others can be built. */
public final class DriverState {

    private static final int THREADS = 16;

    private final ToolkitFinder wide;
    private final ToolkitFinder cheap;
    private final boolean ofReleases;
    private final Map<String, String> excluded;

    /**
     * @param ofReleases whether the toolkits that releases bring along are looked at
     * @param library of toolkits, for kernels whose releases bring none that fits; null for none
     * @param excluded why no image is wanted, by kernel as {@code uname -r} prints it or without architecture
     */
    public DriverState(Releases releases, boolean ofReleases, ImageLibrary library, Map<String, String> excluded) {
        this.wide = new ToolkitFinder(releases, library);
        // What releases bring along is remembered; a library would be asked about each kernel, each night.
        this.cheap = new ToolkitFinder(releases, null);
        this.ofReleases = ofReleases;
        this.excluded = Map.copyOf(excluded);
    }

    /**
     * How each image stands.
     *
     * @param there the images that the repository has; null where it was not asked
     */
    public List<MatrixTarget> of(List<DriverImage> wanted, DriverLibrary there) throws Failure, InterruptedException {
        return ParallelTasks.map(wanted, THREADS, image -> of(image, there));
    }

    private MatrixTarget of(DriverImage image, DriverLibrary there) throws Failure, InterruptedException {
        DriverTarget target = image.target();
        String unwanted = excluded.getOrDefault(
                target.uname(), excluded.get(target.kernel().nvr()));
        if (unwanted != null) {
            return target(image, State.EXCLUDED, "", unwanted);
        }
        if (there != null && there.has(image)) {
            return there(image, there);
        }
        try {
            ImageReference toolkit = wide.use(target, rows(image), found -> found);
            return target(image, there == null ? State.UNKNOWN : State.MISSING, toolkit.toString(), "");
        } catch (Failure e) {
            State state = e.kind() == Failure.Kind.ABSENT ? State.NO_TOOLKIT : State.FAILED;
            return target(image, state, "", e.getMessage().replaceFirst("^no toolkit: ", ""));
        }
    }

    /** With its toolkit, where that costs nothing: for those who build what is there again. */
    private MatrixTarget there(DriverImage image, DriverLibrary there) throws InterruptedException {
        State state = there.lacksTags(image) ? State.UNTAGGED : State.THERE;
        try {
            return target(
                    image,
                    state,
                    ofReleases ? cheap.use(image.target(), rows(image), t -> t).toString() : "",
                    "");
        } catch (Failure e) {
            return target(image, state, "", "");
        }
    }

    private List<Catalog.Row> rows(DriverImage image) {
        return ofReleases ? image.rows() : List.of();
    }

    private static MatrixTarget target(DriverImage image, State state, String toolkit, String why) {
        Catalog.Row row = image.rows().get(0);
        return new MatrixTarget(
                image.target(),
                row.node().rhel(),
                row.node().stream(),
                image.releases(),
                image.tags(),
                state,
                toolkit,
                why);
    }
}
