package io.jenkins.plugins.dtk.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.dtk.driver.DriverImage;
import io.jenkins.plugins.dtk.driver.DriverLibrary;
import io.jenkins.plugins.dtk.driver.DriverPlan;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.library.LibraryCatalog;
import io.jenkins.plugins.dtk.matrix.BaseImagePattern;
import io.jenkins.plugins.dtk.matrix.Catalog;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.report.DriverCompatibility;
import io.jenkins.plugins.dtk.report.DriverModule;
import io.jenkins.plugins.dtk.report.LibraryExport;
import io.jenkins.plugins.dtk.site.Site;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dtk export}: what the library has, in the forms that other tools read. */
@Command(
        name = "export",
        sortOptions = false,
        description = "Writes what the library has for the wanted releases, in a form that another tool reads.")
final class ExportCommand implements Callable<Integer> {

    private static final List<String> OF_TOOLKITS = List.of("kmm", "imagestream", "csv", "json", "mirror");

    private static final List<String> OF_DRIVERS = List.of("kmm", "table", "markdown", "csv");

    /**
     * Client-side apply keeps the document in an annotation, and all annotations together may have 256 KiB
     * (kubernetes/kubernetes staging/src/k8s.io/apimachinery/pkg/api/validation/objectmeta.go).
     */
    private static final int LARGEST_APPLIED = 256 << 10;

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--format",
            paramLabel = "FORM",
            required = true,
            description = {
                "kmm: a Module of Kernel Module Management, in YAML",
                "imagestream: an ImageStream with a tag for each RHEL CoreOS build, in YAML",
                "mirror: an ImageSetConfiguration of oc-mirror v2, in YAML",
                "csv, json: each release, its kernel, and its image with digests",
                "With --tag it is about the images of a driver that --image has: kmm is a Module with them, and table,"
                        + " markdown and csv say which image is for which kernel and releases."
            })
    private String format;

    @Mixin
    private ReleaseOptions wanted;

    @Mixin
    private LibraryOptions library;

    @Option(
            names = "--module",
            paramLabel = "NAME",
            defaultValue = "my-module",
            description = "For kmm: the kernel module's name. Default: ${DEFAULT-VALUE}.")
    private String module;

    @Option(
            names = "--module-image",
            paramLabel = "HOST/REPO",
            description = "For kmm: the repository of the module's own images, tagged as the library's and built in the"
                    + " cluster from them. Default: kernels are mapped to the library's images.")
    private String moduleImage;

    @Mixin
    private DriverTagOptions driver;

    @Mixin
    private FlavourOption flavour;

    @Mixin
    private KmmOptions kmm;

    @Mixin
    private SourceOptions sources;

    @Mixin
    private CacheOptions cache;

    ExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        Usage.check(spec, "--format", format, driver.areGiven() ? OF_DRIVERS : OF_TOOLKITS);
        DriverPlan plan = driver.areGiven() ? driver.plan() : null;
        Usage.checked(spec, "--module", () -> KmmOptions.module(module));
        kmm.check(driver.areGiven() && format.equals("kmm"));
        String ownImages = moduleImage == null
                ? null
                : Usage.checked(spec, "--module-image", () -> Names.repository(moduleImage))
                        .toString();
        MatrixRequest request = wanted.request(BaseImagePattern.USUAL, false, false);
        ImageReference repository = library.need();
        try (TerminalProgress progress = new TerminalProgress(terminal)) {
            Site site = sources.site(library, cache, progress);
            Catalog catalog = site.matrix().verifyingSome().catalog(request);
            if (plan != null) {
                drivers(
                        plan.images(catalog, flavour.flavours()),
                        new DriverLibrary(site.images(), repository),
                        progress);
                return 0;
            }
            LibraryCatalog found = LibraryCatalog.of(catalog, repository, site.library(repository), progress);
            List<String> missing = found.missing();
            if (!missing.isEmpty()) {
                progress.warn(repository + " lacks " + missing.size() + " images; the first: " + missing.get(0));
            }
            terminal.out().print(text(found, ownImages, progress));
            return 0;
        }
    }

    /** What a driver's repository has, for those who install it. */
    private void drivers(List<DriverImage> wanted, DriverLibrary library, TerminalProgress progress)
            throws Failure, InterruptedException {
        List<DriverImage> there = library.those(wanted);
        if (there.size() < wanted.size()) {
            progress.warn(this.library.need() + " lacks " + (wanted.size() - there.size()) + " of " + wanted.size()
                    + " images");
        }
        DriverCompatibility table = new DriverCompatibility(this.library.need(), there);
        String text =
                switch (format) {
                    case "kmm" ->
                        Yaml.write(DriverModule.of(this.library.need(), there, kmm.choices(module, driver.version())));
                    case "markdown" -> table.markdown();
                    case "csv" -> table.csv();
                    default -> table.table();
                };
        if (format.equals("kmm") && text.length() > DriverModule.MOST_TO_APPLY) {
            progress.warn("the Module is larger than 'oc apply' takes: use 'oc apply --server-side'");
        }
        terminal.out().print(text);
    }

    private String text(LibraryCatalog found, String ownImages, TerminalProgress progress) {
        return switch (format) {
            case "kmm" -> kmm(LibraryExport.kmm(found, module, ownImages), progress);
            case "imagestream" -> Yaml.write(LibraryExport.imageStream(found, progress::warn));
            case "mirror" -> Yaml.write(LibraryExport.mirror(found));
            case "csv" -> LibraryExport.csv(found);
            default -> json(LibraryExport.json(found)) + "\n";
        };
    }

    static String kmm(Map<String, Object> document, TerminalProgress progress) {
        int bytes = json(document).length();
        if (bytes > LARGEST_APPLIED) {
            progress.warn("the Module has " + bytes + " bytes, more than the " + LARGEST_APPLIED
                    + " that 'oc apply' can keep beside it: use 'oc apply --server-side', or name fewer releases");
        }
        return Yaml.write(document);
    }

    private static String json(Object document) {
        try {
            return new ObjectMapper().writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // maps, lists and texts are always JSON
        }
    }
}
