package io.jenkins.plugins.dtk.report;

import io.jenkins.plugins.dtk.driver.DriverImage;
import io.jenkins.plugins.dtk.oci.ImageReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Module for the Kernel Module Management operator with the prebuilt images of a driver: a literal mapping for each
 * kernel that a node can report (rh-ecosystem-edge/kernel-module-management api/v1beta1/module_types.go).
 */
public final class DriverModule {

    /** {@code oc apply} keeps the whole object in an annotation, and those end at 256 KiB. */
    public static final int MOST_TO_APPLY = 256 << 10;

    /**
     * What it says beside its images; empty for what is left to KMM.
     *
     * @param module the kernel module's name
     * @param version of the driver, for an ordered upgrade
     * @param loadOrder modulesLoadingOrder
     * @param inTree inTreeModulesToRemove
     * @param firmwarePath where firmware is in the images
     * @param repoSecret the secret with the login for the images
     * @param selector labels of the nodes; all workers where it is empty
     */
    public record Choices(
            String module,
            String version,
            List<String> loadOrder,
            List<String> inTree,
            String firmwarePath,
            String repoSecret,
            Map<String, String> selector) {}

    private DriverModule() {}

    /**
     * The document.
     *
     * @param images those that exist
     */
    public static Map<String, Object> of(ImageReference repository, List<DriverImage> images, Choices choices) {
        Map<String, Object> modprobe = new LinkedHashMap<>();
        modprobe.put("moduleName", choices.module());
        putUnlessEmpty(modprobe, "firmwarePath", choices.firmwarePath());
        putUnlessEmpty(modprobe, "modulesLoadingOrder", choices.loadOrder());
        Map<String, Object> container = new LinkedHashMap<>();
        putUnlessEmpty(container, "version", choices.version());
        container.put("modprobe", modprobe);
        putUnlessEmpty(container, "inTreeModulesToRemove", choices.inTree());
        container.put("kernelMappings", mappings(repository, images));
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("moduleLoader", Map.of("container", container));
        if (!choices.repoSecret().isEmpty()) {
            spec.put("imageRepoSecret", Map.of("name", choices.repoSecret()));
        }
        spec.put(
                "selector",
                choices.selector().isEmpty() ? Map.of("node-role.kubernetes.io/worker", "") : choices.selector());
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("apiVersion", "kmm.sigs.x-k8s.io/v1beta1");
        document.put("kind", "Module");
        document.put("metadata", Map.of("name", choices.module().replace('_', '-')));
        document.put("spec", spec);
        return document;
    }

    private static void putUnlessEmpty(Map<String, Object> map, String key, Object value) {
        if (!value.equals("") && !value.equals(List.of())) {
            map.put(key, value);
        }
    }

    private static List<Object> mappings(ImageReference repository, List<DriverImage> images) {
        List<Object> mappings = new ArrayList<>();
        for (DriverImage image : images) {
            Map<String, Object> mapping = new LinkedHashMap<>();
            mapping.put("literal", image.target().uname());
            mapping.put(
                    "containerImage", repository.withTag(image.tags().get(0)).toString());
            mappings.add(mapping);
        }
        return mappings;
    }
}
