package io.jenkins.plugins.dtk.embedded;

import hudson.util.Secret;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** A credential that is a text: it serves as secret text and as a secret file with this content. */
class SecretText implements StringCredentials, FileCredentials {

    private static final long serialVersionUID = 1L;

    private final String id;
    private final String fileName;
    private final transient String content;

    SecretText(String id, String fileName, String content) {
        this.id = id;
        this.fileName = fileName;
        this.content = content;
    }

    @Override
    public String getId() {
        return id;
    }

    /** The content without line ends at its end, which a file has and a secret text has not. */
    @Override
    public Secret getSecret() {
        return Secret.fromString(content.replaceFirst("[\\r\\n]+$", ""));
    }

    @Override
    public String getFileName() {
        return fileName;
    }

    @Override
    public InputStream getContent() {
        return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String getDescription() {
        return "";
    }
}
