package io.jenkins.plugins.dtk.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of this program, from the jar's manifest. */
final class Version implements IVersionProvider {

    static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"dtk " + text(), "Java " + Runtime.version()};
    }
}
