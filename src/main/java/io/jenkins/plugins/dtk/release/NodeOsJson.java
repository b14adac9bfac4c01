package io.jenkins.plugins.dtk.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.kernel.RhelVersion;
import io.jenkins.plugins.dtk.kernel.Stream;
import java.util.Optional;

/** What a node runs, as the cache keeps it. */
final class NodeOsJson {

    private NodeOsJson() {}

    static ObjectNode write(NodeOs node) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("stream", node.stream().name());
        json.put("build", node.build());
        json.put("rhel", node.rhel().toString());
        json.put("kernel", node.kernel().nvr());
        node.kernelRt().ifPresent(rt -> json.put("rt", rt.nvr()));
        node.kernel64k().ifPresent(k -> json.put("64k", k.nvr()));
        return json;
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException when it is something else
     */
    static NodeOs read(Architecture architecture, JsonNode json) {
        return new NodeOs(
                architecture,
                new Stream(json.path("stream").asText()),
                json.path("build").asText(),
                RhelVersion.parse(json.path("rhel").asText()),
                KernelVersion.parse(json.path("kernel").asText()),
                kernel(json.path("rt")),
                kernel(json.path("64k")));
    }

    private static Optional<KernelVersion> kernel(JsonNode json) {
        return json.isMissingNode() ? Optional.empty() : Optional.of(KernelVersion.parse(json.asText()));
    }
}
