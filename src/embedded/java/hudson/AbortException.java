package hudson;

import java.io.IOException;

/** A failure that the user can act on: the log shows its message alone, without a stack trace. */
public class AbortException extends IOException {

    private static final long serialVersionUID = 1L;

    public AbortException(String message) {
        super(message);
    }
}
