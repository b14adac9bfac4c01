package hudson.model;

import jenkins.model.Jenkins;

/**
 * A {@link Describable} whose descriptor is found by its class.
 *
 * @param <T> the kind of thing
 */
public abstract class AbstractDescribableImpl<T extends AbstractDescribableImpl<T>> implements Describable<T> {

    @Override
    @SuppressWarnings("unchecked")
    public Descriptor<T> getDescriptor() {
        return (Descriptor<T>) Jenkins.get().getDescriptorOrDie(getClass());
    }
}
