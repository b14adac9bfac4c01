package io.jenkins.plugins.dtk.jenkins;

import hudson.model.Run;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.matrix.MatrixKernel;
import io.jenkins.plugins.dtk.matrix.MatrixKernel.LibraryState;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Images on an old base that an earlier build of the job built anew and could not push, because the registry does not let
 * their tags be written twice. To build them every night would change nothing: they are kept until their base changes
 * once more, or {@code rebuild: 'all'} asks for them. The record of each build names those that the next has to know.
 */
final class KeptImages implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final String RESULT = "kept";

    /** How many builds are looked at, as each has to be loaded. */
    private static final int RECENT = 10;

    private static final int MOST_NAMES = 3;

    private final ArrayList<String> names = new ArrayList<>();
    private transient KernelMatrix matrix;

    private KernelMatrix narrow(KernelMatrix whole, Set<String> refused) {
        List<MatrixKernel> kernels = new ArrayList<>();
        for (MatrixKernel kernel : whole.kernels()) {
            Set<Architecture> stale = EnumSet.noneOf(Architecture.class);
            for (Architecture architecture : kernel.stale()) {
                if (refused.contains(key(kernel, architecture))) {
                    names.add(kernel.kernel().full(architecture));
                } else {
                    stale.add(architecture);
                }
            }
            kernels.add(
                    stale.size() == kernel.stale().size()
                            ? kernel
                            : kernel.with(new LibraryState(kernel.missing(), kernel.unjoined(), stale)));
        }
        return new KernelMatrix(kernels, whole.unreadable());
    }

    /** None: every image of the matrix may be built. */
    static KeptImages none(KernelMatrix matrix) {
        KeptImages kept = new KeptImages();
        kept.matrix = matrix;
        return kept;
    }

    /** Those of a matrix that the last build with a run for this library had to keep. */
    static KeptImages before(Run<?, ?> run, String image, KernelMatrix matrix) {
        KeptImages kept = new KeptImages();
        kept.matrix = matrix.stale() == 0 ? matrix : kept.narrow(matrix, refused(run, image));
        return kept;
    }

    private static Set<String> refused(Run<?, ?> run, String image) {
        Run<?, ?> before = run.getPreviousBuild();
        for (int i = 0; before != null && i < RECENT; i++) {
            DtkBuildAction action = before.getAction(DtkBuildAction.class);
            if (action != null && action.isAbout(image)) {
                return action.refused(image);
            }
            before = before.getPreviousBuild();
        }
        return Set.of();
    }

    /** What a build of an image makes: the kernel with its architecture, and the base. */
    private static String key(MatrixKernel kernel, Architecture architecture) {
        return kernel.kernel().full(architecture) + "@" + kernel.base().digestText();
    }

    /** The matrix without them. */
    KernelMatrix matrix() {
        return matrix;
    }

    /** Adds them to what the step returns, where there are any, to those that this run could not replace. */
    Map<String, Object> listedIn(Map<String, Object> result) {
        List<Object> all = new ArrayList<>(names);
        all.addAll(listed(result));
        if (!all.isEmpty()) {
            result.put(RESULT, all);
        }
        return result;
    }

    private static Collection<?> listed(Map<?, ?> result) {
        return result.get(RESULT) instanceof Collection<?> list ? list : List.of();
    }

    /** One line for the log; nothing where there are none. */
    Optional<String> line() {
        int more = names.size() - MOST_NAMES;
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of("dtk: kept on an old base, because their tags cannot be written twice: "
                        + String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())))
                        + (more > 0 ? " and " + more + " more" : "")
                        + "; once the registry allows it, rebuild: 'all' builds them");
    }

    /** The keys of those in what the step returned. */
    static List<String> keys(KernelMatrix matrix, Map<?, ?> result) {
        Set<Object> all = new HashSet<>(listed(result));
        return matrix.kernels().stream()
                .flatMap(kernel -> kernel.stale().stream()
                        .filter(architecture -> all.contains(kernel.kernel().full(architecture)))
                        .map(architecture -> key(kernel, architecture)))
                .toList();
    }
}
