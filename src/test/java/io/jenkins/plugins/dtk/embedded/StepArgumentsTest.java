package io.jenkins.plugins.dtk.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.embedded.Pipelines.Ran;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ways to write a step's arguments that Jenkins accepts. */
class StepArgumentsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            textBlock =
                    """
            echo 'plain'                                  ~ plain
            echo("in ${'parentheses'}")                   ~ in parentheses
            echo message: "by ${'name'}"                  ~ by name
            echo([message: 'from a map'])                 ~ from a map
            def m = [message: 'map'] ; echo(m)            ~ map
            sleep 0                                       ~ Sleeping for 0 ms
            sleep '0'                                     ~ Sleeping for 0 ms
            sleep(time: 0L, unit: 'HOURS')                ~ Sleeping for 0 ms
            sleep(time: '0', unit: "${'DAYS'}")           ~ Sleeping for 0 ms
            stage('a') { echo 'block' }                   ~ block
            stage(name: 'a') { echo 'block' }             ~ block
            stage name: 'a', { echo 'block' }             ~ block
            def body = { echo 'block' } ; stage('a', body) ~ block
            node { echo 'no argument' }                   ~ no argument
            node(null) { echo 'null' }                    ~ null
            withEnv(["A=${1 + 1}", 'B=3']) { echo "$A $B" } ~ 2 3
            node { echo pwd(tmp: 'false') - env.WORKSPACE + '.' } ~ .
            node { echo "${sh script: 'exit 3', returnStatus: 'true'}" } ~ 3
            println 7                                     ~ 7
            """)
    void areUnderstood(String script, String line) {
        Ran ran = Pipelines.run(script);
        assertThat(ran.lines()).contains(line);
        assertThat(ran.result()).isEqualTo(RunOutcome.Result.SUCCESS);
    }
}
