package hudson;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.java.sezpoz.Indexable;

/**
 * Marks a class, or a field or method that yields one, for {@link ExtensionList} to find.
 *
 * <p>The compiler writes the index {@code META-INF/annotations/hudson.Extension} from it, and that is all that is read
 * later; the indexer asks for the annotation to stay in the source.
 */
@Indexable
@Documented
@Retention(RetentionPolicy.SOURCE)
@Target({ElementType.TYPE, ElementType.FIELD, ElementType.METHOD})
public @interface Extension {

    /** The place among extensions of one type: the highest comes first. */
    double ordinal() default 0;

    /** Whether the extension is left out in silence when a class that it needs is absent. */
    boolean optional() default false;
}
