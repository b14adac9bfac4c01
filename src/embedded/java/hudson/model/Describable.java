package hudson.model;

import jenkins.model.Jenkins;

/**
 * Something that a user configures; its {@link Descriptor} says how.
 *
 * @param <T> the kind of thing
 */
public interface Describable<T extends Describable<T>> {

    @SuppressWarnings("unchecked")
    default Descriptor<T> getDescriptor() {
        return (Descriptor<T>) Jenkins.get().getDescriptorOrDie(getClass());
    }
}
