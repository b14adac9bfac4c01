package hudson;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.java.sezpoz.Index;
import net.java.sezpoz.IndexItem;

/**
 * The extensions of one type, highest ordinal first: those that carry {@link Extension} anywhere on the class path,
 * and those that were added by hand.
 *
 * <p>All lists look at the same objects, so what is added to one is seen by the lists of its supertypes too. An
 * extension is made when it is first asked for.
 */
public class ExtensionList<T> extends AbstractList<T> {

    private static final Logger LOGGER = Logger.getLogger(ExtensionList.class.getName());

    /** Every extension of this process; guarded by itself. */
    private static final List<Component> COMPONENTS = new ArrayList<>();

    private static boolean indexed;

    public final Class<T> extensionType;

    private ExtensionList(Class<T> extensionType) {
        this.extensionType = extensionType;
    }

    /** The live list of the extensions of this type. */
    public static <T> ExtensionList<T> lookup(Class<T> type) {
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

    /** The extension of exactly this class, or null. */
    public <U extends T> U get(Class<U> type) {
        for (T extension : snapshot()) {
            if (extension.getClass() == type) {
                return type.cast(extension);
            }
        }
        return null;
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
    public Iterator<T> iterator() {
        return Collections.unmodifiableList(snapshot()).iterator();
    }

    @Override
    public boolean add(T extension) {
        synchronized (COMPONENTS) {
            COMPONENTS.add(new Component(extension.getClass(), 0, null, extension));
            COMPONENTS.sort(Component.ORDER);
        }
        return true;
    }

    @Override
    public boolean remove(Object extension) {
        synchronized (COMPONENTS) {
            return COMPONENTS.removeIf(component -> component.instance == extension);
        }
    }

    private List<T> snapshot() {
        List<Component> candidates = new ArrayList<>();
        synchronized (COMPONENTS) {
            index();
            for (Component component : COMPONENTS) {
                if (extensionType.isAssignableFrom(component.type)) {
                    candidates.add(component);
                }
            }
        }
        List<T> extensions = new ArrayList<>();
        for (Component component : candidates) {
            Object extension = component.get();
            if (extensionType.isInstance(extension)) {
                extensions.add(extensionType.cast(extension));
            }
        }
        return extensions;
    }

    private static void index() {
        if (indexed) {
            return;
        }
        indexed = true;
        for (IndexItem<Extension, Object> item :
                Index.load(Extension.class, Object.class, ExtensionList.class.getClassLoader())) {
            try {
                COMPONENTS.add(
                        new Component(typeOf(item.element()), item.annotation().ordinal(), item, null));
            } catch (InstantiationException | LinkageError e) {
                LOGGER.log(Level.WARNING, "cannot load the extension " + item.className(), e);
            }
        }
        COMPONENTS.sort(Component.ORDER);
    }

    private static Class<?> typeOf(AnnotatedElement element) {
        if (element instanceof Method method) {
            return method.getReturnType();
        }
        return element instanceof Field field ? field.getType() : (Class<?>) element;
    }

    private static final class Component {
        static final Comparator<Component> ORDER = Comparator.comparingDouble(
                        (Component component) -> component.ordinal)
                .reversed();

        final Class<?> type;
        final double ordinal;
        private final IndexItem<Extension, Object> item;
        private Object instance;

        Component(Class<?> type, double ordinal, IndexItem<Extension, Object> item, Object instance) {
            this.type = type;
            this.ordinal = ordinal;
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
