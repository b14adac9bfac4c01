package io.jenkins.plugins.dtk.registry;

/** Work whose failure is told as that of an action, such as {@code read the manifest of X}. */
interface Told<T> {

    T run() throws RegistryException, InterruptedException;

    static <T> T as(String action, Told<T> work) throws RegistryException, InterruptedException {
        try {
            return work.run();
        } catch (RegistryException e) {
            throw e.during(action);
        }
    }
}
