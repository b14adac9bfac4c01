package io.jenkins.plugins.dtk.plan;

import io.jenkins.plugins.dtk.driver.DriverTarget;
import io.jenkins.plugins.dtk.driver.MatrixTarget;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.release.ReleaseVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the variables of the branches that build a driver's images. */
final class DriverVariables {

    private final Places places;
    private final ImageReference place;
    private final String version;

    DriverVariables(ImageReference image, String version, Places places) {
        this.places = places;
        this.place = places.located(image);
        this.version = version;
    }

    Map<String, String> of(MatrixTarget image) {
        DriverTarget target = image.target();
        List<Toolkit> toolkits = image.toolkits().stream().map(this::toolkit).toList();
        Toolkit first = toolkits.get(0);
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("DTK_KERNEL", target.kernel().nvr());
        variables.put("DTK_KERNEL_FULL", target.uname());
        variables.put("DTK_FLAVOUR", target.flavour().word());
        variables.put("DTK_RHEL", image.rhel().toString());
        variables.put("DTK_ARCH", target.architecture().rpmName());
        variables.put("DTK_PLATFORM", target.architecture().platform());
        variables.put("DTK_VERSION", version);
        variables.put("DTK_TOOLKIT", first.place().toString());
        variables.put("DTK_TOOLKIT_NAME", first.named());
        variables.put("DTK_IMAGE", place.name());
        variables.put("DTK_TAG", image.tags().get(0));
        variables.put("DTK_TAGS", String.join(" ", image.tags()));
        variables.put(
                "DTK_BUILT", "localhost/" + lastPart(place) + ":" + image.tags().get(0));
        variables.put("DTK_RELEASES", String.join(",", image.releases()));
        variables.put(
                "DTK_OPENSHIFT",
                image.releases().stream()
                        .map(release -> ReleaseVersion.parse(release).line().toString())
                        .distinct()
                        .collect(Collectors.joining(",")));
        if (toolkits.size() > 1) {
            List<Toolkit> others = toolkits.subList(1, toolkits.size());
            variables.put(
                    "DTK_OTHER_TOOLKITS", others.stream().map(Toolkit::toString).collect(Collectors.joining(", ")));
        }
        List<ImageReference> all = new ArrayList<>(List.of(place));
        toolkits.forEach(toolkit -> all.add(toolkit.place()));
        toolkits.forEach(toolkit -> all.addAll(toolkit.mirrors()));
        variables.putAll(Reach.of(places, all, first.mirrors()));
        return variables;
    }

    /** Where a toolkit is, and where it is looked for first. */
    private record Toolkit(ImageReference place, String named, List<ImageReference> mirrors) {

        /** As the script reads it: place, name and mirrors. */
        @Override
        public String toString() {
            return Stream.concat(Stream.of(place, named), mirrors.stream())
                    .map(Object::toString)
                    .collect(Collectors.joining(" "));
        }
    }

    private Toolkit toolkit(String toolkit) {
        ImageReference named = ImageReference.parse(toolkit);
        List<ImageReference> mirrors = places.mirrors(named).stream()
                .map(mirror -> ImageReference.parse(mirror.name()))
                .toList();
        return new Toolkit(places.located(named), named.toString(), mirrors);
    }

    private static String lastPart(ImageReference image) {
        return image.name().substring(image.name().lastIndexOf('/') + 1);
    }
}
