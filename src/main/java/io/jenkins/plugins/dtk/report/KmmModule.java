package io.jenkins.plugins.dtk.report;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.library.LibraryCatalog;
import io.jenkins.plugins.dtk.matrix.Catalog;
import io.jenkins.plugins.dtk.release.NodeOs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes a Module for the Kernel Module Management operator. */
final class KmmModule {

    private final LibraryCatalog catalog;
    private final String module;
    private final String moduleImage;

    KmmModule(LibraryCatalog catalog, String module, String moduleImage) {
        this.catalog = catalog;
        this.module = module;
        this.moduleImage = moduleImage;
    }

    Map<String, Object> document() {
        Map<String, Object> container = new LinkedHashMap<>();
        container.put("modprobe", Map.of("moduleName", module));
        container.put("kernelMappings", mappings());
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("moduleLoader", Map.of("container", container));
        spec.put("selector", Map.of("node-role.kubernetes.io/worker", ""));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("apiVersion", "kmm.sigs.x-k8s.io/v1beta1");
        document.put("kind", "Module");
        document.put("metadata", Map.of("name", module.replace('_', '-')));
        document.put("spec", spec);
        return document;
    }

    /** What the nodes report as their kernel, and the image for it. */
    private record Node(String kernel, KernelVersion image, Architecture architecture) {}

    private List<Object> mappings() {
        Set<Node> nodes = new LinkedHashSet<>();
        catalog.rows().stream()
                .filter(row -> catalog.digest(row).isPresent())
                .map(Catalog.Row::node)
                .forEach(node -> nodes.addAll(nodes(node)));
        return nodes.stream().map(this::mapping).collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
    }

    /**
     * A node may run the standard kernel, or the real-time or 64k one beside it. Since RHEL 9.3 those have the same
     * version with a suffix; the real-time kernels before had a version of their own.
     */
    private static List<Node> nodes(NodeOs node) {
        Architecture architecture = node.architecture();
        List<Node> nodes = new ArrayList<>();
        nodes.add(new Node(node.kernel().full(architecture), node.kernel(), architecture));
        flavour(node, node.kernelRt(), "+rt").ifPresent(nodes::add);
        flavour(node, node.kernel64k(), "+64k").ifPresent(nodes::add);
        return nodes;
    }

    private static Optional<Node> flavour(NodeOs node, Optional<KernelVersion> kernel, String suffix) {
        return kernel.map(own -> new Node(
                own.full(node.architecture()) + (own.nvr().equals(node.kernel().nvr()) ? suffix : ""),
                node.kernel(),
                node.architecture()));
    }

    private Map<String, Object> mapping(Node node) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        mapping.put("literal", node.kernel());
        if (moduleImage == null) {
            mapping.put(
                    "containerImage",
                    catalog.name(node.image(), node.architecture()).toString());
            return mapping;
        }
        mapping.put("containerImage", moduleImage + ":" + node.kernel().replace('+', '_'));
        String toolkit = catalog.repository()
                .withDigest(catalog.images().get(node.image()).images().get(node.architecture()))
                .toString();
        Map<String, Object> build = new LinkedHashMap<>();
        build.put("buildArgs", List.of(argument("DTK_IMAGE", toolkit)));
        build.put("dockerfileConfigMap", Map.of("name", module.replace('_', '-') + "-dockerfile"));
        mapping.put("build", build);
        return mapping;
    }

    private static Map<String, Object> argument(String name, String value) {
        Map<String, Object> argument = new LinkedHashMap<>();
        argument.put("name", name);
        argument.put("value", value);
        return argument;
    }
}
