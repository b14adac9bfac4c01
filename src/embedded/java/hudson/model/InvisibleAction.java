package hudson.model;

/** An {@link Action} without page or icon, which only carries data. */
public abstract class InvisibleAction implements Action {

    @Override
    public final String getIconFileName() {
        return null;
    }

    @Override
    public final String getDisplayName() {
        return null;
    }

    @Override
    public final String getUrlName() {
        return null;
    }
}
