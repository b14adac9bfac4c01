package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.json.JsonCursor;
import io.jenkins.plugins.dtk.json.JsonDocument;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.oci.ImageReference;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the kernel in meta.json: {@code {"rpmdb.pkglist": [[name, epoch, version, release, arch], ...]}}
 * (openshift/os scripts/generate-metadata).
 */
final class MetaJson {

    private static final List<String> KERNEL_PACKAGES = List.of("kernel-core", "kernel");

    private static final int LONGEST = 200;

    private final Map<String, String> kernels = new HashMap<>();
    private int count;

    private MetaJson() {}

    static KernelVersion kernel(InputStream meta, ImageReference image) throws IOException {
        String what = "meta.json of node OS image " + image;
        MetaJson list = JsonDocument.named(what).parse(meta, MetaJson::parse);
        for (String name : KERNEL_PACKAGES) {
            if (list.kernels.containsKey(name)) {
                return parse(list.kernels.get(name), what);
            }
        }
        throw new Failure(Failure.Kind.INVALID, what + " lists no kernel among " + list.count + " packages");
    }

    private static MetaJson parse(JsonCursor root) throws IOException {
        MetaJson list = new MetaJson();
        if (root.isObject()) {
            root.fields((field, value) -> {
                if (field.equals("rpmdb.pkglist") && value.isList()) {
                    list.count = value.elements(list::entry);
                }
            });
        }
        return list;
    }

    /** Of several packages of one name the first counts. */
    private void entry(JsonCursor entry) throws IOException {
        if (!entry.isList()) {
            return;
        }
        String[] fields = {"", "", "", "", ""};
        int[] at = {0};
        entry.elements(field -> {
            int place = at[0]++;
            boolean ofKernel = place == 0 || (place < fields.length && KERNEL_PACKAGES.contains(fields[0]));
            if (ofKernel && field.isText()) {
                fields[place] = field.shortText(LONGEST);
            }
        });
        if (KERNEL_PACKAGES.contains(fields[0])) {
            kernels.putIfAbsent(fields[0], fields[2] + "-" + fields[3] + "." + fields[4]);
        }
    }

    private static KernelVersion parse(String text, String what) throws Failure {
        try {
            return KernelVersion.parse(text);
        } catch (IllegalArgumentException e) {
            throw new Failure(Failure.Kind.INVALID, what + " lists " + e.getMessage(), e);
        }
    }
}
