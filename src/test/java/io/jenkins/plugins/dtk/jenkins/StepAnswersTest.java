package io.jenkins.plugins.dtk.jenkins;

import io.jenkins.plugins.dtk.testing.AnswerScenarios;
import io.jenkins.plugins.dtk.testing.StepMistakes;

/** What steps answer in the embedded engine, and what they say of mistakes. */
class StepAnswersTest extends PipelineTest implements AnswerScenarios, StepMistakes {

    StepAnswersTest() {
        super(THREE_RELEASES);
    }

    @Override
    public String registry() {
        return site.registry().address();
    }

    @Override
    public String login() {
        return PipelineSite.USER + ":" + PipelineSite.PASSWORD;
    }
}
