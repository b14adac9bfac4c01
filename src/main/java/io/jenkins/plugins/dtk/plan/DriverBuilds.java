package io.jenkins.plugins.dtk.plan;

import io.jenkins.plugins.dtk.driver.DriverMatrix;
import io.jenkins.plugins.dtk.driver.DriverTarget;
import io.jenkins.plugins.dtk.driver.KnownFailures;
import io.jenkins.plugins.dtk.driver.MatrixTarget;
import io.jenkins.plugins.dtk.driver.Outcome;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.matrix.MatrixKernel;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.plan.BuildPlan.BuildChoice;
import io.jenkins.plugins.dtk.plan.BuildPlan.ImageBuild;
import io.jenkins.plugins.dtk.plan.BuildPlan.Settled;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans the images of a driver, as {@link BuildPlan} does those of toolkits. Pure: nothing is read. */
public final class DriverBuilds {

    private final DriverMatrix matrix;
    private final KnownFailures known;
    private final Map<DriverTarget, MatrixTarget> targets = new HashMap<>();
    private final Map<MatrixKernel, Map<Architecture, Settled>> settled = new LinkedHashMap<>();

    private DriverBuilds(DriverMatrix matrix, KnownFailures known) {
        this.matrix = matrix;
        this.known = known;
        for (MatrixTarget target : matrix.targets()) {
            if (targets.put(target.target(), target) != null) {
                throw new IllegalArgumentException("the matrix holds kernel " + target.target() + " twice");
            }
        }
    }

    /**
     * Plans what is built of a matrix.
     *
     * @param image the driver's repository, as the user names it
     * @param choice what is built, and how much of it. Each image has a branch of its own, also where one agent emulates all
     *     architectures: it has an outcome of its own
     * @param known what does not compile, or does not fit, with the driver's version and the toolkit of a target
     * @throws IllegalArgumentException when the matrix was not compared with the repository, or holds a target twice;
     *     one line
     */
    public static BuildPlan of(
            DriverMatrix matrix, ImageReference image, Places places, BuildChoice choice, KnownFailures known) {
        return new DriverBuilds(matrix, known).plan(image, places, choice);
    }

    private BuildPlan plan(ImageReference image, Places places, BuildChoice choice) {
        Map<MatrixKernel, List<Architecture>> wanted = new LinkedHashMap<>();
        Map<MatrixKernel, Map<Architecture, MatrixTarget>> all = new LinkedHashMap<>();
        List<List<MatrixTarget>> groups = new ArrayList<>(matrix.byKernel().values());
        List<MatrixKernel> kernels = matrix.kernels().kernels();
        for (int i = 0; i < groups.size(); i++) {
            List<Architecture> architectures = new ArrayList<>();
            Map<Architecture, MatrixTarget> own = new EnumMap<>(Architecture.class);
            for (MatrixTarget target : groups.get(i)) {
                own.put(target.target().architecture(), target);
                if (isBuilt(target, kernels.get(i), choice, image)) {
                    architectures.add(target.target().architecture());
                }
            }
            wanted.put(kernels.get(i), architectures);
            all.put(kernels.get(i), own);
        }
        Map<MatrixKernel, List<Architecture>> skipped =
                choice.limit() == 0 ? Map.of() : BuildPlan.cut(wanted, choice.limit());
        DriverVariables variables = new DriverVariables(image, matrix.version(), places);
        List<ImageBuild> builds = new ArrayList<>();
        List<MatrixKernel> joins = new ArrayList<>();
        wanted.forEach((kernel, architectures) -> {
            for (Architecture architecture : architectures) {
                MatrixTarget target = all.get(kernel).get(architecture);
                builds.add(
                        new ImageBuild(target.target().uname(), kernel, List.of(architecture), variables.of(target)));
            }
            if (architectures.isEmpty() && !kernel.unjoined().isEmpty()) {
                joins.add(kernel);
            }
        });
        return new BuildPlan(builds, joins, skipped, all, settled);
    }

    private boolean isBuilt(MatrixTarget target, MatrixKernel kernel, BuildChoice choice, ImageReference image) {
        boolean again = choice.rebuild().isAgain(target);
        Optional<Settled> end = settled(target, again, choice.rebuild() == Rebuild.ALL, image);
        end.ifPresent(one -> settled.computeIfAbsent(kernel, none -> new EnumMap<>(Architecture.class))
                .put(target.target().architecture(), one));
        return end.isEmpty() && (!target.isThere() || again);
    }

    private Optional<Settled> settled(MatrixTarget target, boolean again, boolean all, ImageReference image) {
        return switch (target.state()) {
            case EXCLUDED -> Optional.of(new Settled(Outcome.EXCLUDED, target.why()));
            case NO_TOOLKIT -> Optional.of(new Settled(Outcome.NO_TOOLKIT, target.why()));
            case FAILED -> Optional.of(new Settled(Outcome.FAILED, target.why()));
            case UNKNOWN ->
                throw new IllegalArgumentException("the matrix does not say whether the image for kernel "
                        + target.target() + " is there: compute it with dtkMatrix(image: '" + image.name() + "', ...)");
            case THERE, UNTAGGED -> {
                if (again && target.toolkit().isEmpty()) {
                    String why = "no release that ships its kernel brings a toolkit for it, and a library is asked for"
                            + " images alone that are missing or stale";
                    yield Optional.of(
                            new Settled(Outcome.NO_TOOLKIT, target.why().isEmpty() ? why : target.why()));
                }
                yield again && !all ? known(target) : Optional.empty();
            }
            case MISSING -> {
                needToolkit(target);
                yield all ? Optional.empty() : known(target);
            }
        };
    }

    private static void needToolkit(MatrixTarget target) {
        if (target.toolkit().isEmpty()) {
            throw new IllegalArgumentException("the matrix names no 'toolkit' for kernel " + target.target());
        }
    }

    private Optional<Settled> known(MatrixTarget target) {
        return known.of(target, matrix.version())
                .map(one ->
                        new Settled(one.outcome(), true, one.reason(), one.log(), KnownFailures.toolkit(target, one)));
    }
}
