package io.jenkins.plugins.dtk.jenkins;

import hudson.model.Action;
import hudson.model.Api;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A page "Driver Toolkit", of a build or a job, in its menu and under its address. */
@Restricted(NoExternalUse.class) // for the pages here
public abstract class ToolkitPage implements Action {

    ToolkitPage() {}

    /** The same as the page, for programs. */
    public Api getApi() {
        return new Api(this);
    }

    @Override
    public String getIconFileName() {
        return "symbol-cube";
    }

    @Override
    public String getDisplayName() {
        return "Driver Toolkit";
    }

    @Override
    public String getUrlName() {
        return "driver-toolkit";
    }
}
