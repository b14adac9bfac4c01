package hudson.model;

/** Something attached to a run, job or other {@link Actionable}, with a page of its own or none. */
public interface Action extends ModelObject {

    /** The icon in the side panel; null keeps it out of the panel. */
    String getIconFileName();

    @Override
    String getDisplayName();

    /** The address under its owner; null for no page. */
    String getUrlName();
}
