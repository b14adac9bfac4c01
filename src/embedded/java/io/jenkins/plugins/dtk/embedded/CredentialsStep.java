package io.jenkins.plugins.dtk.embedded;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Util;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.MissingContextVariableException;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** {@code withCredentials}: runs its block with secrets in variables; a secret file is removed after it. */
record CredentialsStep(List<Described> bindings) implements BuiltIn {

    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    @Override
    public Object run(EngineContext context) throws Exception {
        FilePath workspace = context.get(FilePath.class);
        Path files = workspace == null
                ? null
                : Path.of(workspace + "@tmp", "secretFiles", UUID.randomUUID().toString());
        Map<String, String> secrets = new LinkedHashMap<>();
        try {
            for (Described binding : bindings == null ? List.<Described>of() : bindings) {
                bind(binding, context, files, secrets);
            }
            if (!secrets.isEmpty()) {
                context.log()
                        .println("Masking supported pattern matches of "
                                + secrets.keySet().stream()
                                        .map(name -> '$' + name)
                                        .collect(Collectors.joining(" or ")));
            }
            return context.runBodyIn(new Secrets(secrets));
        } finally {
            if (files != null) {
                Util.deleteRecursive(files.toFile());
            }
        }
    }

    private void bind(Described binding, EngineContext context, Path files, Map<String, String> secrets)
            throws Exception {
        switch (binding.symbol()) {
            case "string" ->
                secrets.put(
                        binding.text("variable"),
                        find(binding, context, StringCredentials.class, "a secret text")
                                .getSecret()
                                .getPlainText());
            case "file" ->
                secrets.put(
                        binding.text("variable"),
                        write(find(binding, context, FileCredentials.class, "a secret file"), files));
            case "usernamePassword" -> {
                var login = login(binding, context);
                secrets.put(binding.text("usernameVariable"), login.getUsername());
                secrets.put(
                        binding.text("passwordVariable"), login.getPassword().getPlainText());
            }
            case "usernameColonPassword" -> {
                var login = login(binding, context);
                secrets.put(
                        binding.text("variable"),
                        login.getUsername() + ':' + login.getPassword().getPlainText());
            }
            default ->
                throw new AbortException("withCredentials: the binding '" + binding.symbol()
                        + "' needs Jenkins; use string, file, usernamePassword or usernameColonPassword");
        }
    }

    private static StandardUsernamePasswordCredentials login(Described binding, EngineContext context)
            throws AbortException {
        return find(
                binding,
                context,
                StandardUsernamePasswordCredentials.class,
                "a user name with password, USER:PASSWORD");
    }

    private static <C extends IdCredentials> C find(
            Described binding, EngineContext context, Class<C> type, String kind) throws AbortException {
        String id = binding.text("credentialsId");
        C found = CredentialsProvider.findCredentialById(id, type, context.run());
        if (found != null) {
            return found;
        }
        boolean there = CredentialsProvider.findCredentialById(id, IdCredentials.class, context.run()) != null;
        throw new AbortException(
                there
                        ? "withCredentials: the credential '" + id + "' is not " + kind
                        : "withCredentials: there is no credential with the ID '" + id
                                + "'; give the run one (ID=VALUE or ID=@FILE)");
    }

    private String write(FileCredentials credentials, Path files) throws Exception {
        if (files == null) {
            throw new MissingContextVariableException(FilePath.class, StepDescriptor.byFunctionName("withCredentials"));
        }
        Files.createDirectories(files.resolve("../..").normalize());
        Path folder = Files.createDirectories(files.resolve(UUID.randomUUID().toString()), PRIVATE);
        Path file = folder.resolve(credentials.getFileName());
        Files.copy(credentials.getContent(), file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        return file.toString();
    }

    private static final class Secrets extends EnvironmentExpander {
        private static final long serialVersionUID = 1L;
        private final transient Map<String, String> secrets;

        Secrets(Map<String, String> secrets) {
            this.secrets = secrets;
        }

        @Override
        public void expand(EnvVars env) {
            env.putAll(secrets);
        }

        @Override
        public Set<String> getSensitiveVariables() {
            return secrets.keySet();
        }
    }
}
