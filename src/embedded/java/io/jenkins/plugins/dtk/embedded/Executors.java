package io.jenkins.plugins.dtk.embedded;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.PriorityBlockingQueue;

/** The executors of the agent. Each has a workspace of its own: {@code job}, {@code job@2}, {@code job@3} ... */
final class Executors {

    private final PriorityBlockingQueue<Integer> free = new PriorityBlockingQueue<>();
    private final Path root;
    private final String job;

    Executors(LocalAgent agent, String job) {
        this.root = agent.root().resolve("workspace");
        this.job = job;
        for (int number = 0; number < agent.executors(); number++) {
            free.add(number);
        }
    }

    /** Takes the free executor with the lowest number, from 0; waits for one when there is none. */
    int take(PrintStream log) throws InterruptedException {
        Integer number = free.poll();
        if (number == null) {
            log.println("Waiting for next available executor on '" + LocalAgent.NAME + "'");
            number = free.take();
        }
        return number;
    }

    void release(int number) {
        free.add(number);
    }

    Path workspace(int number) {
        return root.resolve(number == 0 ? job : job + '@' + (number + 1));
    }
}
