package org.kohsuke.stapler.export;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a field or getter that the remote API shows. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD})
public @interface Exported {

    /** How deep a request must look to see it; 0 is as deep as its bean says. */
    int visibility() default 0;

    /** The name shown; by default that of the field or property. */
    String name() default "";

    /** Whether what is inside counts as being on the same depth. */
    boolean inline() default false;
}
