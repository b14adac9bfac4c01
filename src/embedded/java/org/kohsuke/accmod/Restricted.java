package org.kohsuke.accmod;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Says who may use something that is public only for technical reasons. */
@Retention(RetentionPolicy.RUNTIME)
public @interface Restricted {

    /** The kinds of restriction. */
    Class<?>[] value();
}
