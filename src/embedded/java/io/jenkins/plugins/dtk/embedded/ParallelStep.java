package io.jenkins.plugins.dtk.embedded;

import groovy.lang.Closure;
import hudson.AbortException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** {@code parallel}: runs named blocks beside each other; returns what they returned, by name. */
record ParallelStep(Map<String, Object> arguments) implements BuiltIn {

    ParallelStep {
        arguments = arguments == null ? Map.of() : arguments;
    }

    private record End(String name, Object result, Throwable failure) {}

    @Override
    public Object run(EngineContext context) throws Exception {
        Map<String, Object> blocks = new LinkedHashMap<>(arguments);
        boolean failFast = Boolean.TRUE.equals(blocks.remove("failFast"));
        BlockingQueue<End> ends = new LinkedBlockingQueue<>();
        for (Map.Entry<String, Object> block : blocks.entrySet()) {
            if (!(block.getValue() instanceof Closure<?>)) {
                throw new AbortException(
                        "parallel: the branch '" + block.getKey() + "' takes a block, not '" + block.getValue() + "'");
            }
        }
        List<Body> running = new ArrayList<>();
        blocks.forEach((name, block) -> running.add(
                context.start((Closure<?>) block, context.contexts().inBranch(name), List.of(new Report(name, ends)))));
        return collect(context, blocks, running, ends, failFast);
    }

    private static Map<String, Object> collect(
            EngineContext context,
            Map<String, Object> blocks,
            List<Body> running,
            BlockingQueue<End> ends,
            boolean failFast)
            throws Exception {
        Map<String, Object> results = new LinkedHashMap<>(blocks);
        Throwable failure = null;
        for (int left = running.size(); left > 0; ) {
            End end;
            try {
                end = ends.take();
            } catch (InterruptedException e) {
                Throwable cause = context.branch().takeCause();
                running.forEach(body -> body.cancel(cause));
                continue;
            }
            left--;
            results.put(end.name(), end.result());
            if (end.failure() != null) {
                context.log().println("Failed in branch " + end.name());
                if (failure == null) {
                    failure = end.failure();
                    if (failFast) {
                        Throwable ended = Ended.because("Failed in branch " + end.name());
                        running.forEach(body -> body.cancel(ended));
                    }
                } else if (failure != end.failure()) {
                    failure.addSuppressed(end.failure());
                }
            }
        }
        if (failure != null) {
            throw Sneaky.thrown(failure);
        }
        return results;
    }

    private static final class Report extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;
        private final String name;
        private final transient BlockingQueue<End> ends;

        Report(String name, BlockingQueue<End> ends) {
            this.name = name;
            this.ends = ends;
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            ends.add(new End(name, result, null));
        }

        @Override
        public void onFailure(StepContext context, Throwable failure) {
            ends.add(new End(name, null, failure));
        }
    }
}
