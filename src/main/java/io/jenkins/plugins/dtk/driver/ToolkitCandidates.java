package io.jenkins.plugins.dtk.driver;

import java.util.List;

/**
 * The Driver Toolkits that may be for a kernel; the first one that has its table of symbols is used.
 *
 * @param toolkits by digest, in the order in which they are tried; at least one
 * @param unknown why it is unknown whether there are more, in one line; empty where there are none
 */
record ToolkitCandidates(List<String> toolkits, String unknown) {}
