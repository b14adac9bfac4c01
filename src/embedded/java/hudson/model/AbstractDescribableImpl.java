package hudson.model;

/**
 * A {@link Describable} whose descriptor is found by its class.
 *
 * @param <T> the kind of thing
 */
public abstract class AbstractDescribableImpl<T extends AbstractDescribableImpl<T>> implements Describable<T> {}
