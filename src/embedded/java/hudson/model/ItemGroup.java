package hudson.model;

import jenkins.model.FullyNamed;
import jenkins.model.FullyNamedModelObject;

/**
 * A folder of items.
 *
 * @param <T> what is in it
 */
public interface ItemGroup<T extends Item> extends PersistenceRoot, FullyNamed, FullyNamedModelObject {}
