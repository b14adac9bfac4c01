package hudson.model;

import org.kohsuke.stapler.HttpResponse;

/** Ends a web request with a page that shows the message. */
public class Failure extends RuntimeException implements HttpResponse {

    private static final long serialVersionUID = 1L;

    public Failure(String message) {
        super(message);
    }
}
