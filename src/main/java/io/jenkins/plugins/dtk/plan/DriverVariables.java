package io.jenkins.plugins.dtk.plan;

import io.jenkins.plugins.dtk.driver.DriverTarget;
import io.jenkins.plugins.dtk.driver.MatrixTarget;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.release.ReleaseVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
        ImageReference named = ImageReference.parse(image.toolkit());
        ImageReference toolkit = places.located(named);
        List<ImageReference> mirrors = places.mirrors(named).stream()
                .map(mirror -> ImageReference.parse(mirror.name()))
                .toList();
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("DTK_KERNEL", target.kernel().nvr());
        variables.put("DTK_KERNEL_FULL", target.uname());
        variables.put("DTK_FLAVOUR", target.flavour().word());
        variables.put("DTK_RHEL", image.rhel().toString());
        variables.put("DTK_ARCH", target.architecture().rpmName());
        variables.put("DTK_PLATFORM", target.architecture().platform());
        variables.put("DTK_VERSION", version);
        variables.put("DTK_TOOLKIT", toolkit.toString());
        variables.put("DTK_TOOLKIT_NAME", named.toString());
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
        variables.putAll(Reach.of(places, place, toolkit, mirrors));
        return variables;
    }

    private static String lastPart(ImageReference image) {
        return image.name().substring(image.name().lastIndexOf('/') + 1);
    }
}
