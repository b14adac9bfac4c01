package io.jenkins.plugins.dtk.embedded;

/** Throws what Groovy's interfaces do not declare: to a pipeline, all exceptions are alike. */
final class Sneaky {

    private Sneaky() {}

    /** Throws the failure as it is; never returns. */
    @SuppressWarnings("unchecked")
    static <T extends Throwable> RuntimeException thrown(Throwable failure) throws T {
        throw (T) failure;
    }
}
