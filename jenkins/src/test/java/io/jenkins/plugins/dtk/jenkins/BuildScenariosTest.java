package io.jenkins.plugins.dtk.jenkins;

import io.jenkins.plugins.dtk.testing.BuildScenarios;

/** What dtkBuild builds and how it ends in a real Jenkins. */
class BuildScenariosTest extends SiteTest implements BuildScenarios {

    BuildScenariosTest() {
        super("4.14.7", "4.17.22");
    }

    @Override
    public String matrix(String name) {
        return Scripts.matrix("quay.io/acme/" + name);
    }

    @Override
    public String push() {
        return Scripts.PUSH;
    }

    @Override
    public String branch(String name) {
        return "[Pipeline] { (" + name + ")";
    }
}
