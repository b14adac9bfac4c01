package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.model.TaskListener;
import hudson.util.StreamTaskListener;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.junit.jupiter.api.Test;

/** What only reads has nothing to lose by a restart of Jenkins: it reads again, and says so. */
class ReadingAgainTest {

    private static final BlockingQueue<Object> ENDS = new ArrayBlockingQueue<>(10);
    private static final ByteArrayOutputStream LOG = new ByteArrayOutputStream();

    @Test
    void readsAgainOnceAfterARestart() throws Exception {
        Reading stored = stored(new Reading(new Context(), "what was asked for"));

        stored.onResume();

        assertThat(ENDS.poll(1, TimeUnit.MINUTES)).isEqualTo("read what was asked for");
        assertThat(LOG.toString(StandardCharsets.UTF_8))
                .containsOnlyOnce("dtk: Jenkins was restarted while this step read; it reads again");
        assertThat(ENDS).isEmpty();
    }

    @Test
    void theStepsAreStoredWithTheirParameters() throws Exception {
        DtkMatrixStep matrix = new DtkMatrixStep();
        matrix.setReleases("4.16");
        matrix.setArchitectures("arm64, s390x");
        DtkVerifyStep verify = new DtkVerifyStep();
        verify.setOnUnknown("report");

        DtkMatrixStep sameMatrix = stored(new MatrixExecution(new Context(), matrix)).step;
        DtkVerifyStep sameVerify = stored(new VerifyExecution(new Context(), verify)).step;

        assertThat(sameMatrix.getReleases()).isEqualTo("4.16");
        assertThat(sameMatrix.getArchitectures()).containsExactly("arm64", "s390x");
        assertThat(sameVerify.getOnUnknown()).isEqualTo("report");
        assertThat(stored(new DtkTagExistsStep("quay.io/a/b", "1").start(new Context())))
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

    private static final class Context extends StepContext {
        private static final long serialVersionUID = 1L;

        @Override
        public <T> T get(Class<T> key) {
            return key == TaskListener.class ? key.cast(new StreamTaskListener(LOG, StandardCharsets.UTF_8)) : null;
        }

        @Override
        public void onSuccess(Object result) {
            ENDS.add(result);
        }

        @Override
        public void onFailure(Throwable failure) {
            ENDS.add(failure);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public boolean hasBody() {
            return false;
        }

        @Override
        public BodyInvoker newBodyInvoker() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setResult(Result result) {
            ENDS.add(result);
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }
}
