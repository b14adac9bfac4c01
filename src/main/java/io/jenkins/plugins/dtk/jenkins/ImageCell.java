package io.jenkins.plugins.dtk.jenkins;

import hudson.Util;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.report.RunFacts;
import java.util.Locale;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One image of a kernel on a page. */
@ExportedBean(defaultVisibility = 2)
@Restricted(NoExternalUse.class) // pages and their API
public final class ImageCell {

    private static final int SHORT_DIGEST = "sha256:".length() + 12;

    private final Architecture architecture;
    private final RunFacts.Image image;
    private final String runUrl;

    /**
     * @param image null when no release ships the kernel for the architecture
     */
    ImageCell(Architecture architecture, RunFacts.Image image, String runUrl) {
        this.architecture = architecture;
        this.image = image;
        this.runUrl = runUrl;
    }

    /** Whether a release ships the kernel for this architecture. */
    public boolean isShipped() {
        return image != null;
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

    /** How it stands: there, built, failed, skipped or open. */
    @Exported
    public String getStatus() {
        return image.status().name().toLowerCase(Locale.ROOT);
    }

    /** How it stands, in words. */
    public String getWords() {
        return image.status().words();
    }

    /** Its digest; empty where the run did not come across it. */
    @Exported
    public String getDigest() {
        return image.digest();
    }

    /** The start of its digest, as container tools shorten it. */
    public String getShortDigest() {
        return image.digest().length() <= SHORT_DIGEST
                ? image.digest()
                : image.digest().substring(0, SHORT_DIGEST);
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

    /** How long the work took, in words; empty where there was none. */
    public String getDurationText() {
        return image.duration() == 0 ? "" : Util.getTimeSpanString(image.duration());
    }

    /** The address of its log, below that of Jenkins; empty where there is none. */
    @Exported
    public String getLog() {
        return image.node().isEmpty() ? "" : runUrl + "execution/node/" + image.node() + "/log/";
    }
}
