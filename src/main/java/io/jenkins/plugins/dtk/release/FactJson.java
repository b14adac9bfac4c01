package io.jenkins.plugins.dtk.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.dtk.json.JsonTree;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.kernel.RhelVersion;
import io.jenkins.plugins.dtk.kernel.Stream;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.release.DriverToolkits.PayloadToolkit;
import java.util.Optional;

/** What images say, as the cache keeps it. Reading anything else is an {@link IllegalArgumentException}. */
final class FactJson {

    private FactJson() {}

    static ObjectNode of(NodeOs node) {
        ObjectNode json = JsonTree.MAPPER.createObjectNode();
        json.put("stream", node.stream().name());
        json.put("build", node.build());
        json.put("rhel", node.rhel().toString());
        json.put("kernel", node.kernel().nvr());
        node.kernelRt().ifPresent(rt -> json.put("rt", rt.nvr()));
        node.kernel64k().ifPresent(k -> json.put("64k", k.nvr()));
        return json;
    }

    static NodeOs nodeOs(Architecture architecture, JsonNode json) {
        return new NodeOs(
                architecture,
                new Stream(json.path("stream").asText()),
                json.path("build").asText(),
                RhelVersion.parse(json.path("rhel").asText()),
                KernelVersion.parse(json.path("kernel").asText()),
                kernel(json.path("rt")),
                kernel(json.path("64k")));
    }

    static ObjectNode of(PayloadToolkit toolkit) {
        ObjectNode json = JsonTree.MAPPER.createObjectNode();
        json.put("tag", toolkit.tag());
        json.put("image", toolkit.image().toString());
        json.put("kernel", toolkit.toolkit().kernel().nvr());
        toolkit.toolkit().kernelRt().ifPresent(rt -> json.put("rt", rt.nvr()));
        json.put("rhel", toolkit.toolkit().rhel());
        return json;
    }

    static PayloadToolkit toolkit(JsonNode json) {
        return new PayloadToolkit(
                json.path("tag").asText(),
                ImageReference.parse(json.path("image").asText()),
                new DriverToolkits.Toolkit(
                        KernelVersion.parse(json.path("kernel").asText()),
                        kernel(json.path("rt")),
                        json.path("rhel").asText()));
    }

    private static Optional<KernelVersion> kernel(JsonNode json) {
        return json.isMissingNode() ? Optional.empty() : Optional.of(KernelVersion.parse(json.asText()));
    }
}
