package io.jenkins.plugins.dtk.plan;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.matrix.MatrixKernel;
import io.jenkins.plugins.dtk.oci.ImageReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes the variables of branches. Those that differ by architecture are comma lists where a branch builds several. */
final class BranchVariables {

    private final Places places;
    private final ImageReference place;

    BranchVariables(ImageReference image, Places places) {
        this.places = places;
        this.place = places.located(image);
    }

    Map<String, String> of(MatrixKernel kernel, List<Architecture> architectures) {
        KernelVersion version = kernel.kernel();
        ImageReference named = ImageReference.parse(kernel.base().name());
        ImageReference base = places.located(named);
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("DTK_KERNEL", version.nvr());
        variables.put("DTK_KERNEL_FULL", list(architectures, version::full));
        boolean realTime = architectures.contains(Architecture.X86_64);
        variables.put(
                "DTK_KERNEL_RT",
                realTime ? kernel.kernelRt().map(KernelVersion::nvr).orElse("") : "");
        boolean arm = architectures.contains(Architecture.AARCH64);
        variables.put(
                "DTK_KERNEL_64K",
                arm ? kernel.kernel64k().map(KernelVersion::nvr).orElse("") : "");
        variables.put("DTK_RHEL", kernel.rhel().toString());
        variables.put("DTK_ARCH", list(architectures, Architecture::rpmName));
        variables.put("DTK_PLATFORM", list(architectures, Architecture::platform));
        variables.put("DTK_IMAGE", place.name());
        variables.put("DTK_TAG", list(architectures, version::tag));
        variables.put("DTK_BASE_IMAGE", base.toString());
        variables.put("DTK_BASE_NAME", kernel.base().name());
        variables.put("DTK_BASE_DIGEST", kernel.base().digestText());
        variables.put("DTK_RELEASES", String.join(",", kernel.releases()));
        variables.putAll(Reach.of(places, List.of(place, base), places.mirrors(named)));
        return variables;
    }

    private static String list(List<Architecture> architectures, Function<Architecture, String> value) {
        return architectures.stream().map(value).collect(Collectors.joining(","));
    }
}
