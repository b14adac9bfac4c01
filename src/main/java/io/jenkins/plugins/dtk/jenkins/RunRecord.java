package io.jenkins.plugins.dtk.jenkins;

import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.report.RunFacts;
import io.jenkins.plugins.dtk.report.RunFacts.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
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

    private static final Logger LOGGER = Logger.getLogger(RunRecord.class.getName());

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
    private int failedIndexes;

    /** The images of {@link KeptImages}; null where there are none. */
    private ArrayList<String> kept;

    private transient Run<?, ?> run;
    private transient KernelMatrix matrix;
    private transient Supplier<Map<String, Object>> live;
    private transient RunFacts stored;

    RunRecord(String id, String image) {
        this.id = id;
        this.image = image;
        this.started = System.currentTimeMillis();
    }

    void attach(Run<?, ?> newRun) {
        run = newRun;
    }

    boolean is(String other) {
        return id.equals(other);
    }

    /** The run goes on: what it has come to is asked for whenever a page is shown. */
    synchronized void follow(Supplier<Map<String, Object>> result) {
        live = result;
        stored = null;
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
        RunStore store = store();
        matrix = newMatrix == null ? store.load().matrix() : newMatrix;
        store.write(matrix, result);
        RunFacts facts = new RunFacts(matrix, result);
        kernelCount = facts.kernels().size();
        there = (int) facts.images(Status.THERE);
        built = (int) facts.images(Status.BUILT);
        failed = (int) facts.images(Status.FAILED);
        stopped = (int) facts.images(Status.STOPPED);
        skipped = (int) facts.images(Status.SKIPPED);
        open = (int) facts.images(Status.OPEN);
        failedIndexes = (int) facts.failedIndexes();
        List<String> keys = KeptImages.keys(matrix, result);
        kept = keys.isEmpty() ? null : new ArrayList<>(keys);
        if (isOver) {
            ended = System.currentTimeMillis();
            live = null;
            matrix = null;
            stored = null;
        }
    }

    private RunStore store() {
        return new RunStore(run.getRootDir().toPath(), id);
    }

    private synchronized RunFacts facts() {
        if (stored != null) {
            return stored;
        }
        try {
            if (live != null) {
                if (matrix == null) {
                    matrix = store().load().matrix();
                }
                return new RunFacts(matrix, live.get());
            }
            RunStore.Stored read = store().load();
            stored = new RunFacts(read.matrix(), read.result());
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "no details of a run of dtkBuild", e);
            stored = new RunFacts(new KernelMatrix(List.of(), List.of()), Map.of());
        }
        return stored;
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

    /** How long it lasts, in words; empty when it is unknown, as something ended the build without it. */
    public String getDurationText() {
        return isOpen() && !isRunning()
                ? ""
                : Util.getTimeSpanString((isOpen() ? System.currentTimeMillis() : ended) - started);
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
    public int getKernelCount() {
        return kernelCount;
    }

    /** How many images were there before. */
    @Exported(visibility = 2)
    public int getThere() {
        return isOpen() ? count(Status.THERE) : there;
    }

    /** How many images were built. */
    @Exported(visibility = 2)
    public int getBuilt() {
        return isOpen() ? count(Status.BUILT) : built;
    }

    /** How many images failed. */
    @Exported(visibility = 2)
    public int getFailed() {
        return isOpen() ? count(Status.FAILED) : failed;
    }

    /** How many images were not built as their branches were ended. */
    @Exported(visibility = 2)
    public int getStopped() {
        return isOpen() ? count(Status.STOPPED) : stopped;
    }

    /** How many images are left for another run. */
    @Exported(visibility = 2)
    public int getSkipped() {
        return isOpen() ? count(Status.SKIPPED) : skipped;
    }

    /** How many images are not built yet, or were not when the run was ended. */
    @Exported(visibility = 2)
    public int getNotBuilt() {
        return isOpen() ? count(Status.OPEN) : open;
    }

    /** How many indexes could not be published. */
    @Exported(visibility = 2)
    public int getFailedIndexes() {
        return failedIndexes;
    }

    private int count(Status status) {
        return (int) facts().images(status);
    }

    /** The kernels, by stream. */
    @Exported(visibility = 2, inline = true)
    public List<KernelRow> getKernels() {
        RunFacts facts = facts();
        return facts.kernels().stream()
                .map(kernel -> new KernelRow(kernel, facts.architectures(), isRunning(), run.getUrl()))
                .toList();
    }

    /** The same, under the name of each stream, the newest stream and kernel first. */
    public Map<String, List<KernelRow>> getStreams() {
        Map<String, List<KernelRow>> streams = new LinkedHashMap<>();
        List<KernelRow> newestFirst = new ArrayList<>(getKernels());
        Collections.reverse(newestFirst);
        newestFirst.forEach(row -> streams.computeIfAbsent(row.getStream(), name -> new ArrayList<>())
                .add(row));
        return streams;
    }

    /** The names of the architectures: the columns of the grid. */
    public List<String> getArchitectures() {
        return facts().architectures().stream().map(Object::toString).toList();
    }
}
