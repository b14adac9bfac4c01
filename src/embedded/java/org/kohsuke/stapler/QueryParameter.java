package org.kohsuke.stapler;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a parameter that a web request fills in. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface QueryParameter {

    /** The name in the request; by default that of the parameter. */
    String value() default "";

    /** Whether a request without it is refused. */
    boolean required() default false;

    /** Whether an empty text becomes null. */
    boolean fixEmpty() default false;
}
