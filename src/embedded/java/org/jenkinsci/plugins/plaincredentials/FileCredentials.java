package org.jenkinsci.plugins.plaincredentials;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import java.io.IOException;
import java.io.InputStream;

/** A secret file. */
public interface FileCredentials extends StandardCredentials {

    /** The name without folders. */
    String getFileName();

    InputStream getContent() throws IOException;
}
