package io.jenkins.plugins.dtk.jenkins;

import hudson.model.Run;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.report.ImageStatus;
import io.jenkins.plugins.dtk.report.RunFacts;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One image of a kernel in the API of a page. */
@ExportedBean(defaultVisibility = 2)
@Restricted(NoExternalUse.class) // pages and their API
public final class ImageCell {

    private final Architecture architecture;
    private final RunFacts.Image image;
    private final Run<?, ?> run;

    ImageCell(Architecture architecture, RunFacts.Image image, Run<?, ?> run) {
        this.architecture = architecture;
        this.image = image;
        this.run = run;
    }

    /** The architecture. */
    @Exported
    public String getArchitecture() {
        return architecture.rpmName();
    }

    /** The platform, such as linux/arm64. */
    @Exported
    public String getPlatform() {
        return architecture.platform();
    }

    /** How it stands: the name of an {@link ImageStatus} in lower case. */
    @Exported
    public String getStatus() {
        return image.status().id();
    }

    /** Of a driver's image that failed, or for which nothing was run: its outcome in words; else empty. */
    @Exported
    public String getOutcome() {
        return image.outcome();
    }

    /** Whether it is being built now. */
    @Exported
    public boolean isBuilding() {
        return image.status() == ImageStatus.BUILDING;
    }

    /** Its digest; empty where the run did not come across it. */
    @Exported
    public String getDigest() {
        return image.digest();
    }

    /** Why it failed; else empty. */
    @Exported
    public String getReason() {
        return image.reason();
    }

    /** How long the work took, in milliseconds; 0 where there was none. */
    @Exported
    public long getDuration() {
        return image.duration();
    }

    /**
     * The address of its log, below that of Jenkins: of what is known, that of the build that found it out. Empty where
     * there is none.
     */
    @Exported
    public String getLog() {
        return ImageLog.address(run, image);
    }
}
