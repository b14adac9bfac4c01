package hudson.model;

import java.io.File;
import java.util.Collection;

/**
 * A folder of items.
 *
 * @param <T> what is in it
 */
public interface ItemGroup<T extends Item> extends PersistenceRoot, ModelObject {

    String getFullName();

    String getFullDisplayName();

    Collection<T> getItems();

    /** The address under the root, with a {@code /} at its end; empty for the root. */
    String getUrl();

    /** What stands between this address and that of a child, such as {@code job}. */
    String getUrlChildPrefix();

    /** The item with this name; null when there is none. */
    T getItem(String name);

    File getRootDirFor(T child);
}
