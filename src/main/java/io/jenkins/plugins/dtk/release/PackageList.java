package io.jenkins.plugins.dtk.release;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.oci.ImageReference;
import java.io.IOException;
import java.util.List;

/**
 * Finds the kernel in meta.json: {@code {"rpmdb.pkglist": [[name, epoch, version, release, arch], ...]}}
 * (openshift/os scripts/generate-metadata).
 */
final class PackageList {

    private static final List<String> KERNEL_PACKAGES = List.of("kernel-core", "kernel");

    private PackageList() {}

    static KernelVersion kernel(byte[] meta, ImageReference image) throws Failure {
        JsonNode packages;
        try {
            packages = Json.MAPPER.readTree(meta).path("rpmdb.pkglist");
        } catch (IOException e) {
            throw new Failure(Failure.Kind.INVALID, "meta.json of node OS image " + image + " is not JSON", e);
        }
        for (String name : KERNEL_PACKAGES) {
            for (JsonNode entry : packages) {
                if (name.equals(entry.path(0).asText())) {
                    return parse(entry, image);
                }
            }
        }
        throw new Failure(
                Failure.Kind.INVALID,
                "meta.json of node OS image " + image + " lists no kernel among " + packages.size() + " packages");
    }

    private static KernelVersion parse(JsonNode entry, ImageReference image) throws Failure {
        String text = entry.path(2).asText() + "-" + entry.path(3).asText() + "."
                + entry.path(4).asText();
        try {
            return KernelVersion.parse(text);
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    Failure.Kind.INVALID, "meta.json of node OS image " + image + " lists " + e.getMessage(), e);
        }
    }
}
