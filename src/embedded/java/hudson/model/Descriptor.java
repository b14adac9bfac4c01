package hudson.model;

import java.util.Collection;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;

/**
 * What is known of a kind of configurable thing; there is one of each.
 *
 * @param <T> the kind of thing
 */
public abstract class Descriptor<T extends Describable<T>> implements Saveable {

    /** The class described. */
    public final transient Class<? extends T> clazz;

    @SuppressWarnings("unchecked")
    protected Descriptor(Class<? extends T> clazz) {
        this.clazz = (Class<?>) clazz == self() ? (Class<? extends T>) getClass() : clazz;
    }

    /** Describes the class around this one. */
    @SuppressWarnings("unchecked")
    protected Descriptor() {
        Class<?> enclosing = getClass().getEnclosingClass();
        if (enclosing == null) {
            throw new AssertionError(getClass() + " is not inside the class that it describes: pass it that class");
        }
        this.clazz = (Class<? extends T>) enclosing;
    }

    /** Stands in {@link #Descriptor(Class)} for a thing that describes itself. */
    @SuppressWarnings("rawtypes")
    protected static Class self() {
        return Self.class;
    }

    public String getDisplayName() {
        return clazz.getSimpleName();
    }

    /** The name of the class described. */
    public String getId() {
        return clazz.getName();
    }

    public boolean isInstance(T thing) {
        return clazz.isInstance(thing);
    }

    public final boolean isSubTypeOf(Class<?> type) {
        return type.isAssignableFrom(clazz);
    }

    /** What is configured lives as long as the process, so there is nothing to write. */
    @Override
    public synchronized void save() {}

    /** What is configured lives as long as the process, so there is nothing to read. */
    public synchronized void load() {}

    public static <D extends Descriptor<?>> D findById(Collection<? extends D> descriptors, String id) {
        for (D descriptor : descriptors) {
            if (descriptor.getId().equals(id)) {
                return descriptor;
            }
        }
        return null;
    }

    /** The descriptor with this id or class name, or null. */
    @SuppressWarnings("rawtypes")
    public static Descriptor find(String className) {
        return Jenkins.get().getDescriptor(className);
    }

    private static final class Self {}

    /** A form was filled in wrongly. */
    public static class FormException extends Exception implements HttpResponse {

        private static final long serialVersionUID = 1L;

        private final String formField;

        public FormException(String message, String formField) {
            super(message);
            this.formField = formField;
        }

        public FormException(String message, Throwable cause, String formField) {
            super(message, cause);
            this.formField = formField;
        }

        public FormException(Throwable cause, String formField) {
            super(cause);
            this.formField = formField;
        }

        /** The field at fault. */
        public String getFormField() {
            return formField;
        }
    }
}
