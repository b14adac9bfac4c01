package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.failure.ErrorContext;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.ParallelTasks;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.matrix.MatrixKernel;
import io.jenkins.plugins.dtk.matrix.MatrixKernel.LibraryState;
import io.jenkins.plugins.dtk.matrix.MatrixProgress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Compares the matrix with the library: which images are missing, stale, or only have to be joined. */
public final class MissingImages {

    private static final int THREADS = 32;

    private final ImageLibrary library;
    private final MatrixProgress progress;

    /**
     * @param library the library
     * @param progress receives the progress
     */
    public MissingImages(ImageLibrary library, MatrixProgress progress) {
        this.library = library;
        this.progress = progress;
    }

    /**
     * Fills in what the library has of each kernel: one request for a kernel whose index is complete and annotated with
     * its base, and one for each of its images. An image that does not say on which base it was built is not stale, and counted in a warning.
     *
     * @throws Failure when the library could not be asked about a kernel: that is never taken for "missing"
     */
    public KernelMatrix in(KernelMatrix matrix) throws Failure, InterruptedException {
        AtomicInteger done = new AtomicInteger();
        AtomicInteger silent = new AtomicInteger();
        List<MatrixKernel> kernels = ParallelTasks.map(matrix.kernels(), THREADS, kernel -> {
            MatrixKernel checked = kernel.with(state(kernel, silent));
            progress.done("kernels", done.incrementAndGet(), matrix.kernels().size());
            return checked;
        });
        if (silent.get() > 0) {
            progress.warn(silent + " images do not say on which base image they were built; they count as current");
        }
        return new KernelMatrix(kernels, matrix.unreadable());
    }

    private LibraryState state(MatrixKernel kernel, AtomicInteger silent) throws Failure, InterruptedException {
        return ErrorContext.in("kernel " + kernel.kernel().nvr(), () -> {
            KernelState state = library.state(
                    kernel.kernel().tag(), kernel.architectures(), kernel.base().digest());
            silent.addAndGet(state.silent().size());
            state.rejected().values().forEach(why -> progress.warn(why + "; it counts as missing"));
            return new LibraryState(
                    state.in(KernelState.Presence.MISSING), state.in(KernelState.Presence.UNJOINED), state.stale());
        });
    }
}
