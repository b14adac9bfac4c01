package hudson.model;

/**
 * What is known of a kind of configurable thing; there is one of each.
 *
 * @param <T> the kind of thing
 */
public abstract class Descriptor<T extends Describable<T>> implements Saveable {

    /** The class described. */
    public final transient Class<? extends T> clazz;

    @SuppressWarnings("unchecked")
    protected Descriptor(Class<? extends T> clazz) {
        this.clazz = (Class<?>) clazz == self() ? (Class<? extends T>) getClass() : clazz;
    }

    /** Describes the class around this one. */
    @SuppressWarnings("unchecked")
    protected Descriptor() {
        Class<?> enclosing = getClass().getEnclosingClass();
        if (enclosing == null) {
            throw new AssertionError(getClass() + " is not inside the class that it describes: pass it that class");
        }
        this.clazz = (Class<? extends T>) enclosing;
    }

    /** Stands in {@link #Descriptor(Class)} for a thing that describes itself. */
    @SuppressWarnings("rawtypes")
    protected static Class self() {
        return Self.class;
    }

    public String getDisplayName() {
        return clazz.getSimpleName();
    }

    /** What is configured lives as long as the process, so there is nothing to write. */
    @Override
    public synchronized void save() {}

    /** What is configured lives as long as the process, so there is nothing to read. */
    public synchronized void load() {}

    private static final class Self {}
}
