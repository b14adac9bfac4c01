package io.jenkins.plugins.dtk.embedded;

import java.lang.reflect.Constructor;
import org.jenkinsci.plugins.workflow.cps.CpsBodyInvoker;

/** The one thing of Jenkins' API that is not public there and that only an engine does: to make a body invoker. */
final class Reflection {

    private Reflection() {}

    static CpsBodyInvoker newInvoker(BodyStarter engine) {
        try {
            Constructor<CpsBodyInvoker> constructor = CpsBodyInvoker.class.getDeclaredConstructor(BodyStarter.class);
            constructor.setAccessible(true);
            return constructor.newInstance(engine);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("CpsBodyInvoker is not the one of the embedded engine", e);
        }
    }
}
