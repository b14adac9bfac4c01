package io.jenkins.plugins.dtk.report;

import io.jenkins.plugins.dtk.library.LibraryCatalog;
import java.util.Map;
import java.util.function.Consumer;

/** Writes what a library has in the forms that other tools read: plain maps for YAML and JSON, and text. */
public final class LibraryExport {

    private LibraryExport() {}

    /**
     * A Module of the Kernel Module Management operator, with a mapping from each kernel to its image
     * (kubernetes-sigs/kernel-module-management, config/crd/bases/kmm.sigs.x-k8s.io_modules.yaml).
     *
     * @param module the kernel module's name, and the Module's
     * @param moduleImage the repository of the module's own images, which are tagged as the library's are and built in
     *     the cluster, in the library's images; null: each kernel is mapped to the library's image itself
     */
    public static Map<String, Object> kmm(LibraryCatalog catalog, String module, String moduleImage) {
        return new KmmModule(catalog, module, moduleImage).document();
    }

    /**
     * An ImageStream with a tag for each RHEL CoreOS build, as OpenShift's own {@code driver-toolkit} has
     * (openshift/api image/v1/types.go).
     *
     * @param warnings receives a line for each build that is left out
     */
    public static Map<String, Object> imageStream(LibraryCatalog catalog, Consumer<String> warnings) {
        return new BuildImageStream(catalog, warnings).document();
    }

    /**
     * An ImageSetConfiguration of oc-mirror v2 with all tags of the library that the releases need (openshift/oc-mirror
     * internal/pkg/api/v2alpha1/type_config.go).
     */
    public static Map<String, Object> mirror(LibraryCatalog catalog) {
        return MirrorList.document(catalog);
    }

    /** The catalog with digests: keys {@code image}, and {@code releases}, one for each release, architecture, stream. */
    public static Map<String, Object> json(LibraryCatalog catalog) {
        return CatalogWithDigests.document(catalog);
    }

    /** The same as comma-separated values, with a line of titles. */
    public static String csv(LibraryCatalog catalog) {
        return CatalogWithDigests.csv(catalog);
    }
}
