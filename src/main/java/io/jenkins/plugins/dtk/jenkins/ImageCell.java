package io.jenkins.plugins.dtk.jenkins;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.report.RunFacts;
import java.time.Duration;
import java.util.Locale;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One image of a kernel on a page. */
@ExportedBean(defaultVisibility = 2)
@Restricted(NoExternalUse.class) // pages and their API
public final class ImageCell {

    private static final String ALGORITHM = "sha256:";
    private static final int SHORT_DIGEST = ALGORITHM.length() + 12;

    private final Architecture architecture;
    private final RunFacts.Image image;
    private final boolean running;
    private final String runUrl;

    /**
     * @param image null when no release ships the kernel for the architecture
     * @param running whether the run of the step goes on
     */
    ImageCell(Architecture architecture, RunFacts.Image image, boolean running, String runUrl) {
        this.architecture = architecture;
        this.image = image;
        this.running = running;
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

    /** Whether it is being built now. */
    @Exported
    public boolean isBuilding() {
        return running
                && image.status() == RunFacts.Status.OPEN
                && !image.node().isEmpty();
    }

    /** How it is shown: as {@link #getStatus}, or building or waiting while the run goes on. */
    public String getShown() {
        return running && image.status() == RunFacts.Status.OPEN ? getWords() : getStatus();
    }

    /** How it stands, in words. */
    public String getWords() {
        if (running && image.status() == RunFacts.Status.OPEN) {
            return image.node().isEmpty() ? "waiting" : "building";
        }
        return image.status().words();
    }

    /** Its digest; empty where the run did not come across it. */
    @Exported
    public String getDigest() {
        return image.digest();
    }

    /** The start of its digest, as container tools list it. */
    public String getShortDigest() {
        return image.digest().startsWith(ALGORITHM) && image.digest().length() > SHORT_DIGEST
                ? image.digest().substring(ALGORITHM.length(), SHORT_DIGEST)
                : image.digest();
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

    /** How long the work took, as short as a cell needs it: 46s, 6m 07s, 1h 05m; empty where there was none. */
    public String getDurationText() {
        if (image.duration() == 0) {
            return "";
        }
        Duration duration = Duration.ofMillis(Math.max(1000, image.duration()));
        if (duration.toMinutes() == 0) {
            return duration.toSeconds() + "s";
        }
        return duration.toHours() == 0
                ? String.format(Locale.ROOT, "%dm %02ds", duration.toMinutes(), duration.toSecondsPart())
                : String.format(Locale.ROOT, "%dh %02dm", duration.toHours(), duration.toMinutesPart());
    }

    /** The address of its log, below that of Jenkins; empty where there is none. */
    @Exported
    public String getLog() {
        return image.node().isEmpty() ? "" : runUrl + "execution/node/" + image.node() + "/log/";
    }
}
