package io.jenkins.plugins.dtk.jenkins;

import hudson.model.Run;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.report.ImageStatus;
import io.jenkins.plugins.dtk.report.RunFacts;
import io.jenkins.plugins.dtk.report.RunTotals;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * One run of {@code dtkBuild} in a build. The totals are stored with the build; what became of each image is in a file
 * beside it, which is read when a page asks for it.
 */
@ExportedBean
@Restricted(NoExternalUse.class) // pages and their API
public final class RunRecord {

    private final String id;
    private final String image;
    private final long started;
    private long ended;
    private int kernelCount;
    private int there;
    private int built;
    private int failed;
    private int stopped;
    private int skipped;
    private int open;
    private int unknown;
    private int failedIndexes;
    private long work;

    /** The images of {@link KeptImages}; null where there are none. */
    private ArrayList<String> kept;

    private transient Run<?, ?> run;
    private transient RunDetails details;

    RunRecord(String id, String image) {
        this.id = id;
        this.image = image;
        this.started = System.currentTimeMillis();
    }

    synchronized void attach(Run<?, ?> newRun) {
        run = newRun;
        if (details == null) {
            details = new RunDetails(() -> new RunStore(run.getRootDir().toPath(), id));
        }
    }

    boolean is(String other) {
        return id.equals(other);
    }

    /** The run goes on: what it has come to is asked for whenever a page is shown. */
    synchronized void follow(Supplier<Map<String, Object>> result) {
        details.follow(result);
    }

    /**
     * Stores how the run stands, unless it is over. Reads and writes files.
     *
     * @param newMatrix null where a restart has made the run forget it: it was stored as the run began
     */
    synchronized void store(KernelMatrix newMatrix, Map<String, Object> result, boolean isOver) throws IOException {
        if (ended != 0) {
            return;
        }
        KernelMatrix matrix = newMatrix == null ? details.matrix() : newMatrix;
        RunFacts facts = details.store(matrix, result, isOver);
        RunTotals totals = facts.totals();
        kernelCount = facts.kernels().size();
        there = totals.count(ImageStatus.THERE);
        built = totals.count(ImageStatus.BUILT);
        failed = totals.count(ImageStatus.FAILED);
        stopped = totals.count(ImageStatus.STOPPED);
        skipped = totals.count(ImageStatus.SKIPPED);
        open = totals.count(ImageStatus.OPEN);
        unknown = totals.count(ImageStatus.UNKNOWN);
        failedIndexes = totals.failedIndexes();
        work = facts.work();
        List<String> keys = KeptImages.keys(matrix, result);
        kept = keys.isEmpty() ? null : new ArrayList<>(keys);
        if (isOver) {
            ended = System.currentTimeMillis();
        }
    }

    /** For pages: without details where they cannot be read. */
    synchronized RunFacts facts() {
        return details.readOrNone(isRunning());
    }

    /**
     * What it came to, or has come to so far. Reads a file.
     *
     * @throws IOException when the file is not there, or is damaged
     */
    synchronized RunFacts read() throws IOException {
        return details.read(isRunning());
    }

    /** The images that the next build need not build again, as {@link KeptImages} names them. */
    synchronized List<String> kept() {
        return kept == null ? List.of() : List.copyOf(kept);
    }

    /** The library's repository. */
    @Exported(visibility = 2)
    public String getImage() {
        return image;
    }

    /** When it began, in milliseconds since 1970. */
    @Exported(visibility = 2)
    public long getStarted() {
        return started;
    }

    /** How long it lasted, in milliseconds; 0 while it goes on. */
    @Exported(visibility = 2)
    public long getDuration() {
        return ended == 0 ? 0 : ended - started;
    }

    /** Whether its end was not recorded. */
    boolean isOpen() {
        return ended == 0;
    }

    /** Whether it goes on. */
    public boolean isRunning() {
        return isOpen() && run.isBuilding();
    }

    /** How many kernels the matrix has. */
    @Exported(visibility = 2)
    public synchronized int getKernelCount() {
        return isOpen() ? facts().kernels().size() : kernelCount;
    }

    /** How many images were there before. */
    @Exported(visibility = 2)
    public int getThere() {
        return totals().count(ImageStatus.THERE);
    }

    /** How many images were built. */
    @Exported(visibility = 2)
    public int getBuilt() {
        return totals().count(ImageStatus.BUILT);
    }

    /** How many images failed. */
    @Exported(visibility = 2)
    public int getFailed() {
        return totals().count(ImageStatus.FAILED);
    }

    /** How many images were not built because their branches were ended. */
    @Exported(visibility = 2)
    public int getStopped() {
        return totals().count(ImageStatus.STOPPED);
    }

    /** How many images are left for another run. */
    @Exported(visibility = 2)
    public int getSkipped() {
        return totals().count(ImageStatus.SKIPPED);
    }

    /** How many images are not built yet, or were not when the run was ended. */
    @Exported(visibility = 2)
    public int getNotBuilt() {
        return totals().count(ImageStatus.WAITING, ImageStatus.BUILDING, ImageStatus.PUSHED, ImageStatus.OPEN);
    }

    /** How many images could not be asked for after their branches had ended well. */
    @Exported(visibility = 2)
    public int getUnknown() {
        return totals().count(ImageStatus.UNKNOWN);
    }

    /** How many indexes could not be published. */
    @Exported(visibility = 2)
    public int getFailedIndexes() {
        return totals().failedIndexes();
    }

    synchronized RunTotals totals() {
        if (isOpen()) {
            return facts().totals();
        }
        EnumMap<ImageStatus, Integer> counts = new EnumMap<>(ImageStatus.class);
        counts.put(ImageStatus.THERE, there);
        counts.put(ImageStatus.BUILT, built);
        counts.put(ImageStatus.FAILED, failed);
        counts.put(ImageStatus.STOPPED, stopped);
        counts.put(ImageStatus.SKIPPED, skipped);
        counts.put(ImageStatus.OPEN, open);
        counts.put(ImageStatus.UNKNOWN, unknown);
        return new RunTotals(counts, failedIndexes);
    }

    /** The kernels. */
    @Exported(visibility = 2, inline = true)
    public List<KernelRow> getKernels() {
        return facts().kernels().stream()
                .map(kernel -> new KernelRow(kernel, run))
                .toList();
    }

    /** Its section of a page. */
    public RunSection getSection() {
        return new RunSection(this, run);
    }

    String id() {
        return id;
    }

    /** How long it lasted, or has lasted. */
    Duration elapsed() {
        return Duration.ofMillis((isOpen() ? System.currentTimeMillis() : ended) - started);
    }

    /** The work on all images together. */
    synchronized Duration work() {
        return Duration.ofMillis(isOpen() ? facts().work() : work);
    }
}
