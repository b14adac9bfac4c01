package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;

/** Whatever is given to a parameter that it does not take is answered by one line, without a stack trace. */
class WrongArgumentsTest extends JenkinsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            a number for text           | dtkMatrix(releases: 4.16)                                      | dtkMatrix: 'releases' takes text, not the number 4.16; write it in quotes: '4.16'
            a word for true or false    | dtkMatrix(preReleases: 'yes')                                  | dtkMatrix: 'preReleases' takes true or false, not the text 'yes'
            a number for a list         | dtkVerify(architectures: 5)                                    | dtkVerify: 'architectures' takes a list of texts, or one text with commas, not the number 5
            a map for a list            | dtkTagExists(image: 'q.io/a/b', tag: '1', platforms: [a: 'b']) | dtkTagExists: 'platforms' takes a list of texts, or one text with commas, not the map
            a list for text             | dtkTagExists(image: ['a'], tag: '1')                           | dtkTagExists: 'image' takes text, not a list [a]
            a word for a number         | dtkBuild(matrix: [:], image: 'q.io/a/b', limit: 'many') { }    | dtkBuild: 'limit' takes a whole number, not the text 'many'
            a number for the matrix     | dtkBuild(matrix: 5, image: 'q.io/a/b') { }                     | dtkBuild: 'matrix' is missing or no map
            a parameter with a typo     | dtkMatrix(release: '4.16')                                     | dtkMatrix: unknown parameter 'release' (did you mean 'releases'?)
            one text for a list         | dtkMatrix(releases: '4.x', architectures: 'x86_64')            | dtkMatrix: not a range of releases: '4.x'
            one text in a GString       | def a = 'arm64'; dtkMatrix(releases: '4.x', architectures: "${a}") | dtkMatrix: not a range of releases: '4.x'
            dtkImage outside of a block | node { dtkImage() }                                            | dtkImage builds the image of a branch of dtkBuild: put it into its block
            a comma list, declarative   | pipeline { agent none; stages { stage('x') { steps { dtkMatrix(releases: '4.x', architectures: 'x86_64,arm64') } } } } | dtkMatrix: not a range of releases: '4.x'
            """)
    void isAnsweredByOneLine(String what, String call, String message) throws Exception {
        WorkflowRun run = run(call);

        jenkins.assertBuildStatus(Result.FAILURE, run);
        String log = JenkinsRule.getLog(run);
        assertThat(log.lines().filter(line -> line.startsWith("ERROR: ")))
                .as(log)
                .singleElement()
                .asString()
                .startsWith("ERROR: " + message);
        assertThat(log).doesNotContain("\tat ").doesNotContain("java.lang.");
    }
}
