package io.jenkins.plugins.dtk.jenkins;

import io.jenkins.plugins.dtk.testing.BuildScenarios;

/** What dtkBuild builds and how it ends in the embedded engine. */
class BuildScenariosTest extends PipelineTest implements BuildScenarios {

    @Override
    public String matrix(String name) {
        return StepsTest.matrix(name);
    }

    @Override
    public String push() {
        return StepsTest.pushAnyImage();
    }

    @Override
    public String branch(String name) {
        return "[" + name + "] ";
    }
}
