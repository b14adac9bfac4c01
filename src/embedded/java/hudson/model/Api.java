package hudson.model;

/** The programs' view of a bean: Jenkins answers requests for it, and no one asks here. */
public class Api {

    public final Object bean;

    public Api(Object bean) {
        this.bean = bean;
    }
}
