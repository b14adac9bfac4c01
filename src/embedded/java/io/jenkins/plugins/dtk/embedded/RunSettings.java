package io.jenkins.plugins.dtk.embedded;

import java.nio.file.Path;
import java.util.Map;

/**
 * What the user wants run, and with what.
 *
 * @param scriptName the file's name, for messages
 * @param script the pipeline itself
 * @param folder what {@code checkout scm} copies
 * @param home where workspaces are
 * @param parameters values that the user gave for the pipeline's parameters
 */
record RunSettings(
        String scriptName,
        String script,
        Path folder,
        Path home,
        Map<String, String> parameters,
        LocalAgent agent,
        Executors executors) {}
