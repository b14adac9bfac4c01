package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A line of a branch's log")
class DriverRunTest {

    @ParameterizedTest(name = "{0}")
    @DisplayName("has the modules of an image checked only in a folder that the script on the agent has made")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            the script's question   | dtk: do the modules fit? /ws/a job@tmp/dtk.Ab3dEf7h/build  | /ws/a job@tmp/dtk.Ab3dEf7h/build
            what a compile prints   | dtk: do the modules fit? /home/jenkins/.ssh                |
            a way out of it         | dtk: do the modules fit? /ws/dtk.Ab3dEf7h/../dtk.aaaaaaaa/build |
            a relative folder       | dtk: do the modules fit? dtk.Ab3dEf7h/build                |
            the question quoted     | + echo dtk: do the modules fit? /ws/dtk.Ab3dEf7h/build     |
            """)
    void question(String what, String line, String folder) {
        assertThat(DriverRun.folder(line).orElse(null)).isEqualTo(folder);
    }
}
