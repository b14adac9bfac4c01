package io.jenkins.plugins.dtk.build;

import io.jenkins.plugins.dtk.plan.BuildLedger;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.ObjectStreamException;

/** Makes of what was read under the earlier names what it is now: the same fields in classes of another package. */
final class Renamed {

    private static final String BEFORE = Renamed.class.getPackageName() + ".";
    private static final String NOW = BuildLedger.class.getPackageName() + ".";

    private Renamed() {}

    static Object present(Object stored) throws ObjectStreamException {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(stored);
            }
            try (ObjectInputStream in = new PresentNames(new ByteArrayInputStream(bytes.toByteArray()))) {
                return in.readObject();
            }
        } catch (ObjectStreamException e) {
            throw e;
        } catch (IOException | ClassNotFoundException e) {
            throw (ObjectStreamException)
                    new InvalidObjectException("the state of an earlier version cannot be read").initCause(e);
        }
    }

    /** Java compares the names of classes without their packages, so another package is enough. */
    private static final class PresentNames extends ObjectInputStream {

        PresentNames(InputStream in) throws IOException {
            super(in);
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass stored) throws IOException, ClassNotFoundException {
            String name = stored.getName();
            return name.startsWith(BEFORE)
                    ? Class.forName(NOW + name.substring(BEFORE.length()), false, Renamed.class.getClassLoader())
                    : super.resolveClass(stored);
        }
    }
}
