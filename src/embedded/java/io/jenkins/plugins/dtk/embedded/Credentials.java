package io.jenkins.plugins.dtk.embedded;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import hudson.model.ItemGroup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.security.core.Authentication;

/** The credentials that the user gave to a run, by their ids. */
final class Credentials extends CredentialsProvider {

    private static final long LARGEST_FILE = 1 << 20;

    private final Map<String, SecretText> byId = new LinkedHashMap<>();

    /**
     * Adds one from what the user wrote: the text itself, or {@code @} and the file that has it.
     *
     * @throws IllegalArgumentException when the file cannot be read; one line
     */
    void add(String id, String value) {
        byId.put(
                id,
                value.startsWith("@") ? ofFile(id, Path.of(value.substring(1))) : UserAndPassword.of(id, id, value));
    }

    private static SecretText ofFile(String id, Path file) {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new IllegalArgumentException(
                        "credential '" + id + "': the file " + file + " is larger than " + LARGEST_FILE + " bytes");
            }
            String content = Files.readString(file, StandardCharsets.UTF_8);
            return UserAndPassword.of(id, String.valueOf(file.getFileName()), content);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("credential '" + id + "': there is no file " + file);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "credential '" + id + "': the file " + file + " cannot be read as UTF-8 text");
        }
    }

    /** What no log may show. */
    List<String> secrets() {
        List<String> secrets = new ArrayList<>();
        for (SecretText text : byId.values()) {
            secrets.addAll(SecretValues.of(text.getSecret().getPlainText()));
            if (text instanceof UserAndPassword login) {
                secrets.add(login.getPassword().getPlainText());
            }
        }
        return secrets;
    }

    @Override
    public <C extends com.cloudbees.plugins.credentials.Credentials> List<C> getCredentialsInItemGroup(
            Class<C> type, ItemGroup<?> group, Authentication authentication, List<DomainRequirement> requirements) {
        return byId.values().stream().filter(type::isInstance).map(type::cast).toList();
    }
}
