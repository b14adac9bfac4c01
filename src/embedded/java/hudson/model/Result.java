package hudson.model;

import java.io.Serializable;
import java.util.List;

/** How a run ended; from best to worst SUCCESS, UNSTABLE, FAILURE, NOT_BUILT, ABORTED. */
public final class Result implements Serializable {

    private static final long serialVersionUID = 1L;

    public static final Result SUCCESS = new Result("SUCCESS", 0, true);
    public static final Result UNSTABLE = new Result("UNSTABLE", 1, true);
    public static final Result FAILURE = new Result("FAILURE", 2, true);
    public static final Result NOT_BUILT = new Result("NOT_BUILT", 3, false);
    public static final Result ABORTED = new Result("ABORTED", 4, false);

    private static final List<Result> ALL = List.of(SUCCESS, UNSTABLE, FAILURE, NOT_BUILT, ABORTED);

    /** 0 is the best. */
    public final int ordinal;

    /** Whether the run came to its own end. */
    public final boolean completeBuild;

    private final String name;

    private Result(String name, int ordinal, boolean completeBuild) {
        this.name = name;
        this.ordinal = ordinal;
        this.completeBuild = completeBuild;
    }

    public boolean isWorseThan(Result that) {
        return ordinal > that.ordinal;
    }

    public boolean isWorseOrEqualTo(Result that) {
        return ordinal >= that.ordinal;
    }

    public boolean isBetterOrEqualTo(Result that) {
        return ordinal <= that.ordinal;
    }

    /** The result of this name in any case; FAILURE for an unknown one. */
    public static Result fromString(String text) {
        return ALL.stream()
                .filter(result -> result.name.equalsIgnoreCase(text))
                .findFirst()
                .orElse(FAILURE);
    }

    private Object readResolve() {
        return fromString(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
