package org.jenkinsci.plugins.workflow.actions;

/** Marks a step that failed, and the ends of the blocks around it. */
public class ErrorAction implements PersistentAction {

    private final Throwable error;

    public ErrorAction(Throwable error) {
        this.error = error;
    }

    public Throwable getError() {
        return error;
    }

    @Override
    public String getDisplayName() {
        return error.getMessage();
    }

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return null;
    }
}
