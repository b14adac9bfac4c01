package hudson.model;

import jenkins.model.FullyNamed;
import jenkins.model.FullyNamedModelObject;

/**
 * A folder of items.
 *
 * @param <T> what is in it
 */
public interface ItemGroup<T extends Item> extends PersistenceRoot, FullyNamed, FullyNamedModelObject {

    /** The address under the root, with a {@code /} at its end; empty for the root. */
    String getUrl();

    /** What stands between this address and that of a child, such as {@code job}. */
    String getUrlChildPrefix();
}
