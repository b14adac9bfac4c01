package io.jenkins.plugins.dtk.jenkins;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.report.RunFacts;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One kernel on a page. */
@ExportedBean(defaultVisibility = 2)
@Restricted(NoExternalUse.class) // pages and their API
public final class KernelRow {

    private static final int FEW = 6;

    private final RunFacts.Kernel kernel;
    private final Collection<Architecture> architectures;
    private final boolean running;
    private final String runUrl;

    /**
     * @param running whether the run of the step goes on
     */
    KernelRow(RunFacts.Kernel kernel, Collection<Architecture> architectures, boolean running, String runUrl) {
        this.kernel = kernel;
        this.architectures = architectures;
        this.running = running;
        this.runUrl = runUrl;
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

    /** The operating system, in words. */
    public String getSystem() {
        return (kernel.kernel().stream().isCentos() ? "CentOS Stream " : "RHEL ") + getRhel();
    }

    /** The real-time kernel beside it, where that has another version; else empty. */
    public String getRealTime() {
        return kernel.kernel()
                .kernelRt()
                .map(KernelVersion::nvr)
                .filter(nvr -> !nvr.equals(getKernel()))
                .orElse("");
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

    /** The releases with commas between. */
    public String getReleaseList() {
        return String.join(", ", getReleases());
    }

    /** Whether these are more releases than a cell should show at once. */
    public boolean isManyReleases() {
        return getReleases().size() > FEW;
    }

    /** The oldest and the newest release, and how many there are. */
    public String getReleaseSpan() {
        List<String> all = getReleases();
        return all.get(0) + " .. " + all.get(all.size() - 1) + " (" + all.size() + ")";
    }

    /** How the index stands: there, published, failed, none, held or open. */
    @Exported
    public String getIndex() {
        return kernel.index().id();
    }

    /** How the index is shown: there, built, failed, skipped or open. */
    public String getIndexStatus() {
        return kernel.index().shown().name().toLowerCase(Locale.ROOT);
    }

    /** How the index stands, in words. */
    public String getIndexWords() {
        return kernel.index().words();
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

    /** Its images; in the API those that it ships. */
    @Exported(inline = true)
    public List<ImageCell> getImages() {
        return getCells().stream().filter(ImageCell::isShipped).toList();
    }

    /** One cell for each column of the grid. */
    public List<ImageCell> getCells() {
        return architectures.stream()
                .map(architecture -> new ImageCell(architecture, kernel.images().get(architecture), running, runUrl))
                .toList();
    }
}
