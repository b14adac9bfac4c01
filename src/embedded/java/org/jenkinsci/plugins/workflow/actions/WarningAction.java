package org.jenkinsci.plugins.workflow.actions;

import hudson.model.Result;

/** Says that a step went on in spite of something. */
public class WarningAction implements PersistentAction {

    private final Result result;
    private String message;

    public WarningAction(Result result) {
        this.result = result;
    }

    public WarningAction withMessage(String message) {
        this.message = message;
        return this;
    }

    @Override
    public String getDisplayName() {
        return "Warning";
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
