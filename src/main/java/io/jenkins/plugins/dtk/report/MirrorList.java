package io.jenkins.plugins.dtk.report;

import io.jenkins.plugins.dtk.library.LibraryCatalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes an ImageSetConfiguration of oc-mirror v2. Images are named by their tags, which the mirror then has too. */
final class MirrorList {

    private MirrorList() {}

    static Map<String, Object> document(LibraryCatalog catalog) {
        List<Object> images = new ArrayList<>();
        catalog.images().forEach((kernel, found) -> {
            if (found.index().isPresent()) {
                images.add(Map.of(
                        "name", catalog.repository().withTag(kernel.tag()).toString()));
            }
            found.images()
                    .keySet()
                    .forEach(architecture -> images.add(
                            Map.of("name", catalog.name(kernel, architecture).toString())));
        });
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("kind", "ImageSetConfiguration");
        document.put("apiVersion", "mirror.openshift.io/v2alpha1");
        document.put("mirror", Map.of("additionalImages", images));
        return document;
    }
}
