package io.jenkins.plugins.dtk.jenkins;

import hudson.model.Run;
import io.jenkins.plugins.dtk.report.RunFacts;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One kernel in the API of a page. */
@ExportedBean(defaultVisibility = 2)
@Restricted(NoExternalUse.class) // pages and their API
public final class KernelRow {

    private final RunFacts.Kernel kernel;
    private final Run<?, ?> run;

    KernelRow(RunFacts.Kernel kernel, Run<?, ?> run) {
        this.kernel = kernel;
        this.run = run;
    }

    /** Its version, without architecture; of a driver with its flavour. */
    @Exported
    public String getKernel() {
        return kernel.kernel().kernel().toString();
    }

    /** The RHEL release it is built for. */
    @Exported
    public String getRhel() {
        return kernel.kernel().rhel().toString();
    }

    /** The operating system's line, such as rhel-9. */
    @Exported
    public String getStream() {
        return kernel.kernel().stream().name();
    }

    /** The releases that ship it, oldest first. */
    @Exported
    public List<String> getReleases() {
        return kernel.kernel().releases();
    }

    /** How the index stands: there, published, failed, none, held, waiting or open. */
    @Exported
    public String getIndex() {
        return kernel.index().id();
    }

    /** The digest of its index; empty where the run did not come across it. */
    @Exported
    public String getDigest() {
        return kernel.digest();
    }

    /** Why its index could not be published, or is published without every list of packages; else empty. */
    @Exported
    public String getReason() {
        return kernel.reason();
    }

    /** The images of the architectures that ship it. */
    @Exported(inline = true)
    public List<ImageCell> getImages() {
        return kernel.images().entrySet().stream()
                .map(entry -> new ImageCell(entry.getKey(), entry.getValue(), run))
                .toList();
    }
}
