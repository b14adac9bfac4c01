package io.jenkins.plugins.dtk.testing;

import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Spoils answers at random, the same ones for the same seed where requests come one after the other. */
public final class RandomFaults {

    private final Random random;
    private final double share;
    private final List<Fault> faults;
    private final Queue<Fault> met = new ConcurrentLinkedQueue<>();

    /** @param share of answers that are spoiled, from 0 to 1 */
    public RandomFaults(Random random, double share, Set<Fault> faults) {
        this.random = random;
        this.share = share;
        this.faults = List.copyOf(faults);
    }

    /** The reply, or what comes of it. */
    public ScriptedReply spoil(ScriptedReply reply) {
        Fault fault;
        double place;
        synchronized (random) {
            if (random.nextDouble() >= share) {
                return reply;
            }
            fault = faults.get(random.nextInt(faults.size()));
            place = random.nextDouble();
        }
        met.add(fault);
        return fault.spoil(reply, place);
    }

    /** What came of answers so far. */
    public List<Fault> met() {
        return List.copyOf(met);
    }
}
