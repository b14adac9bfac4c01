package io.jenkins.plugins.dtk.embedded;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.util.Secret;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A credential of the form {@code user:password}; it serves as that, as secret text and as a secret file. */
final class UserAndPassword extends SecretText implements StandardUsernamePasswordCredentials {

    private static final long serialVersionUID = 1L;

    /** One line; a user without white space, quotes and braces, so that JSON is none; a password, not empty. */
    private static final Pattern FORM = Pattern.compile("([^\\s:\"'{}\\[\\]]+):(.+)");

    private final String user;
    private final transient String password;

    private UserAndPassword(String id, String fileName, String content, String user, String password) {
        super(id, fileName, content);
        this.user = user;
        this.password = password;
    }

    /** The credential for a text: with user and password when it has that form. */
    static SecretText of(String id, String fileName, String content) {
        SecretText text = new SecretText(id, fileName, content);
        Matcher matcher = FORM.matcher(text.getSecret().getPlainText());
        return matcher.matches()
                ? new UserAndPassword(id, fileName, content, matcher.group(1), matcher.group(2))
                : text;
    }

    @Override
    public String getUsername() {
        return user;
    }

    @Override
    public Secret getPassword() {
        return Secret.fromString(password);
    }
}
