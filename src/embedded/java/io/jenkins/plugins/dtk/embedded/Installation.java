package io.jenkins.plugins.dtk.embedded;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.ExtensionList;
import hudson.Util;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;

/**
 * What a run puts into the one Jenkins of this process, and takes out again at its end: credentials and
 * configurations. One run has it at a time.
 */
final class Installation implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(Installation.class.getName());
    private static final String HOME = "JENKINS_HOME";

    private final Path home;
    private final boolean temporary;
    private final LocalJob job;
    private final Credentials credentials;
    private final List<GlobalConfiguration> added;
    private final List<GlobalConfiguration> replaced = new ArrayList<>();
    private final String homeBefore = System.getProperty(HOME);

    Installation(Path home, String jobName, List<GlobalConfiguration> configurations, Credentials credentials)
            throws IOException {
        this.temporary = home == null;
        this.home = temporary ? Files.createTempDirectory("dtk-") : Files.createDirectories(home);
        this.job = new LocalJob(Jenkins.get(), jobName);
        this.credentials = credentials;
        this.added = List.copyOf(configurations);
        BuiltIns.add();
        System.setProperty(HOME, this.home.toString());
        ExtensionList.lookup(CredentialsProvider.class).add(credentials);
        ExtensionList<GlobalConfiguration> all = GlobalConfiguration.all();
        for (GlobalConfiguration configuration : added) {
            all.stream()
                    .filter(old -> old.getClass() == configuration.getClass())
                    .forEach(replaced::add);
        }
        replaced.forEach(all::remove);
        added.forEach(all::add);
    }

    Path home() {
        return home;
    }

    LocalJob job() {
        return job;
    }

    @Override
    public void close() {
        ExtensionList<GlobalConfiguration> all = GlobalConfiguration.all();
        added.forEach(all::remove);
        replaced.forEach(all::add);
        ExtensionList.lookup(CredentialsProvider.class).remove(credentials);
        if (homeBefore == null) {
            System.clearProperty(HOME);
        } else {
            System.setProperty(HOME, homeBefore);
        }
        removeHome();
    }

    private void removeHome() {
        try {
            if (temporary) {
                Util.deleteRecursive(home.toFile());
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "cannot remove {0}: {1}", new Object[] {home, e.getMessage()});
        }
    }
}
