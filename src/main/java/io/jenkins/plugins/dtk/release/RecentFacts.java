package io.jenkins.plugins.dtk.release;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Facts by key in the order in which they were kept last; of more than may be held, the oldest are forgotten. */
final class RecentFacts {

    /** What a fact costs beside its characters: two strings and an entry of a map. */
    private static final int OVERHEAD = 160;

    private final Map<String, String> facts = new LinkedHashMap<>();
    private final long most;
    private long held;

    /**
     * @param most in bytes
     */
    RecentFacts(long most) {
        this.most = most;
    }

    void add(String key, String value) {
        String old = facts.remove(key);
        if (old != null) {
            held -= size(key, old);
        }
        facts.put(key, value);
        held += size(key, value);
        Iterator<Map.Entry<String, String>> oldest = facts.entrySet().iterator();
        while (held > most && oldest.hasNext()) {
            Map.Entry<String, String> fact = oldest.next();
            held -= size(fact.getKey(), fact.getValue());
            oldest.remove();
        }
    }

    Map<String, String> facts() {
        return facts;
    }

    private static long size(String key, String value) {
        return (long) key.length() + value.length() + OVERHEAD;
    }
}
