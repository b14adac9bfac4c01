package hudson.model;

/**
 * A folder of items.
 *
 * @param <T> what is in it
 */
public interface ItemGroup<T extends Item> extends PersistenceRoot, ModelObject {

    String getFullName();

    String getFullDisplayName();

    /** The address under the root, with a {@code /} at its end; empty for the root. */
    String getUrl();

    /** What stands between this address and that of a child, such as {@code job}. */
    String getUrlChildPrefix();
}
