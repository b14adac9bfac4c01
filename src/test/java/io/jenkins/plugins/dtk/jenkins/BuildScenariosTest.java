package io.jenkins.plugins.dtk.jenkins;

import io.jenkins.plugins.dtk.jenkins.PipelineSite.Ended;
import io.jenkins.plugins.dtk.testing.BuildScenarios;
import java.io.IOException;

/** What dtkBuild builds and how it ends in the embedded engine. */
class BuildScenariosTest extends TwoReleasesTest implements BuildScenarios {

    @Override
    public Ran ended(String name, String script) throws IOException {
        Ended run = site.run(script);
        return new Ran(run.result().toString(), run.log());
    }

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
