package hudson;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.java.sezpoz.Indexable;

/**
 * Marks a class for {@link ExtensionList} to find.
 *
 * <p>The compiler writes the index {@code META-INF/annotations/hudson.Extension} from it, and that is all that is read
 * later; the indexer asks for the annotation to stay in the source.
 */
@Indexable
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.TYPE)
public @interface Extension {}
