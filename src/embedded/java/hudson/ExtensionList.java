package hudson;

import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.java.sezpoz.Index;
import net.java.sezpoz.IndexItem;

/**
 * The extensions of one type: those whose class carries {@link Extension} anywhere on the class path, and those that
 * were added by hand.
 *
 * <p>All lists look at the same objects, so what is added to one is seen by the lists of its supertypes too. An
 * extension is made when it is first asked for.
 */
public class ExtensionList<T> extends AbstractList<T> {

    private static final Logger LOGGER = Logger.getLogger(ExtensionList.class.getName());

    /** Every extension of this process. */
    private static final List<Component> COMPONENTS = new CopyOnWriteArrayList<>();

    private static boolean indexed;

    public final Class<T> extensionType;

    private ExtensionList(Class<T> extensionType) {
        this.extensionType = extensionType;
    }

    /** The live list of the extensions of this type. */
    public static <T> ExtensionList<T> lookup(Class<T> type) {
        index();
        return new ExtensionList<>(type);
    }

    /**
     * The one extension of this type.
     *
     * @throws IllegalStateException when there is none, or more than one
     */
    public static <U> U lookupSingleton(Class<U> type) {
        List<U> found = lookup(type).snapshot();
        if (found.size() != 1) {
            throw new IllegalStateException("Expected 1 instance of " + type.getName() + " but got " + found.size());
        }
        return found.get(0);
    }

    @Override
    public T get(int index) {
        return snapshot().get(index);
    }

    @Override
    public int size() {
        return snapshot().size();
    }

    @Override
    public boolean add(T extension) {
        return COMPONENTS.add(new Component(extension.getClass(), null, extension));
    }

    @Override
    public boolean remove(Object extension) {
        return COMPONENTS.removeIf(component -> component.instance == extension);
    }

    private List<T> snapshot() {
        return COMPONENTS.stream()
                .filter(component -> extensionType.isAssignableFrom(component.type))
                .map(component -> extensionType.cast(component.get()))
                .toList();
    }

    private static synchronized void index() {
        if (indexed) {
            return;
        }
        indexed = true;
        for (IndexItem<Extension, Object> item :
                Index.load(Extension.class, Object.class, ExtensionList.class.getClassLoader())) {
            try {
                COMPONENTS.add(new Component((Class<?>) item.element(), item, null));
            } catch (InstantiationException | LinkageError e) {
                LOGGER.log(Level.WARNING, "cannot load the extension " + item.className(), e);
            }
        }
    }

    private static final class Component {
        final Class<?> type;
        private final IndexItem<Extension, Object> item;
        private Object instance;

        Component(Class<?> type, IndexItem<Extension, Object> item, Object instance) {
            this.type = type;
            this.item = item;
            this.instance = instance;
        }

        synchronized Object get() {
            if (instance == null) {
                try {
                    instance = item.instance();
                } catch (InstantiationException e) {
                    throw new IllegalStateException("cannot make the extension " + type.getName(), e);
                }
            }
            return instance;
        }
    }
}
