package jenkins.model;

import hudson.ExtensionPoint;
import hudson.model.Action;
import java.util.Collection;

/**
 * Adds actions to things without storing them.
 *
 * @param <T> the kind of thing
 */
public abstract class TransientActionFactory<T> implements ExtensionPoint {

    /** The kind of thing that it adds actions to. */
    public abstract Class<T> type();

    /** The actions for one thing; asked for each time that they are needed. */
    public abstract Collection<? extends Action> createFor(T target);
}
