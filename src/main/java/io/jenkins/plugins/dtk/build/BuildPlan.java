package io.jenkins.plugins.dtk.build;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.matrix.MatrixKernel;
import io.jenkins.plugins.dtk.registry.ImageReference;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.registry.RegistryCredentials;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is to be done for a matrix: the images to build, each with the variables of its branch, and the kernels whose
 * images are all there and only have to be joined. Pure: nothing is read.
 *
 * @param builds the images to build, in the matrix' order
 * @param joins the kernels that are only joined
 */
public record BuildPlan(List<ImageBuild> builds, List<MatrixKernel> joins) {

    /** Makes both lists unmodifiable. */
    public BuildPlan {
        builds = List.copyOf(builds);
        joins = List.copyOf(joins);
    }

    /**
     * Plans what a matrix lacks.
     *
     * @param matrix the matrix, compared with the library
     * @param image the library's repository, as the user names it
     * @param settings tell where images really are
     * @throws IllegalArgumentException when the matrix was not compared with a library, holds a kernel twice or one
     *     without a base image; one line
     */
    public static BuildPlan of(KernelMatrix matrix, ImageReference image, Settings settings) {
        RegistryClient client = settings.registryClient(RegistryCredentials.none());
        List<ImageBuild> builds = new ArrayList<>();
        List<MatrixKernel> joins = new ArrayList<>();
        Set<String> tags = new HashSet<>();
        for (MatrixKernel kernel : matrix.kernels()) {
            if (kernel.library().isEmpty()) {
                throw new IllegalArgumentException("the matrix does not say what the library lacks of kernel "
                        + kernel.kernel().nvr() + ": compute it with dtkMatrix(image: '" + image.name() + "', ...)");
            }
            if (!tags.add(kernel.kernel().tag())) {
                throw new IllegalArgumentException(
                        "the matrix holds kernel " + kernel.kernel().nvr() + " twice");
            }
            if (kernel.baseImage().isEmpty() && !kernel.missing().isEmpty()) {
                throw new IllegalArgumentException("the matrix names no 'baseImage' for kernel "
                        + kernel.kernel().nvr());
            }
            for (Architecture architecture : kernel.missing()) {
                builds.add(
                        new ImageBuild(kernel, architecture, variables(kernel, architecture, image, client, settings)));
            }
            if (kernel.missing().isEmpty() && !kernel.unjoined().isEmpty()) {
                joins.add(kernel);
            }
        }
        return new BuildPlan(builds, joins);
    }

    private static Map<String, String> variables(
            MatrixKernel kernel,
            Architecture architecture,
            ImageReference image,
            RegistryClient client,
            Settings settings) {
        KernelVersion version = kernel.kernel();
        ImageReference place = client.located(image);
        ImageReference base = client.located(ImageReference.parse(kernel.baseImage()));
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("DTK_KERNEL", version.nvr());
        variables.put("DTK_KERNEL_FULL", version.full(architecture));
        boolean realTime = architecture == Architecture.X86_64;
        variables.put(
                "DTK_KERNEL_RT",
                realTime ? kernel.kernelRt().map(KernelVersion::nvr).orElse("") : "");
        variables.put("DTK_RHEL", kernel.rhel().toString());
        variables.put("DTK_ARCH", architecture.rpmName());
        variables.put("DTK_PLATFORM", architecture.platform());
        variables.put("DTK_IMAGE", place.name());
        variables.put("DTK_TAG", version.tag(architecture));
        variables.put("DTK_BASE_IMAGE", base.toString());
        variables.put("DTK_BASE_DIGEST", kernel.baseDigest());
        variables.put("DTK_RELEASES", String.join(",", kernel.releases()));
        variables.put("DTK_PLAIN_HTTP", String.join(" ", plainHttp(settings, place, base)));
        return variables;
    }

    /** Of the registries allowed over plain http, those this build talks to: the agent need not know the others. */
    private static List<String> plainHttp(Settings settings, ImageReference place, ImageReference base) {
        return List.of(place.registry(), base.registry()).stream()
                .distinct()
                .filter(settings::isPlainHttp)
                .toList();
    }
}
