package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.junit.jupiter.api.Test;

/** What only reads has nothing to lose by a restart of Jenkins: it reads again, and says so. */
class ReadingAgainTest {

    @Test
    void readsAgainOnceAfterARestart() throws Exception {
        Reading stored = stored(new Reading(new LoggingContext(), "what was asked for"));

        stored.onResume();

        assertThat(LoggingContext.ENDS.poll(1, TimeUnit.MINUTES)).isEqualTo("read what was asked for");
        assertThat(LoggingContext.LOG.toString(StandardCharsets.UTF_8))
                .containsOnlyOnce("dtk: Jenkins was restarted while this step read; it reads again");
        assertThat(LoggingContext.ENDS).isEmpty();
    }

    @Test
    void theStepsAreStoredWithTheirParameters() throws Exception {
        DtkMatrixStep matrix = new DtkMatrixStep();
        matrix.setReleases("4.16");
        matrix.setArchitectures("arm64, s390x");
        DtkVerifyStep verify = new DtkVerifyStep();
        verify.setOnUnknown("report");

        DtkMatrixStep sameMatrix = stored(new MatrixExecution(new LoggingContext(), matrix)).step;
        DtkVerifyStep sameVerify = stored(new VerifyExecution(new LoggingContext(), verify)).step;

        assertThat(sameMatrix.getReleases()).isEqualTo("4.16");
        assertThat(sameMatrix.getArchitectures()).containsExactly("arm64", "s390x");
        assertThat(sameVerify.getOnUnknown()).isEqualTo("report");
        assertThat(stored(new DtkTagExistsStep("quay.io/a/b", "1").start(new LoggingContext())))
                .isInstanceOf(ReadingExecution.class);
    }

    @SuppressWarnings("unchecked")
    private static <T> T stored(T execution) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(execution);
        return (T) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    }

    private static final class Reading extends ReadingExecution<String> {
        private static final long serialVersionUID = 1L;
        private final String wanted;

        Reading(StepContext context, String wanted) {
            super(context);
            this.wanted = wanted;
        }

        @Override
        String read() {
            return "read " + wanted;
        }
    }
}
