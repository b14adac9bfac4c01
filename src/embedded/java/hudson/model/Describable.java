package hudson.model;

/**
 * Something that a user configures; its {@link Descriptor} says how.
 *
 * @param <T> the kind of thing
 */
public interface Describable<T extends Describable<T>> {

    Descriptor<T> getDescriptor();
}
