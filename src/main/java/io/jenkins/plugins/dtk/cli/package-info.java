/**
 * The command line {@code dtk}: one class for each command, mixins for the options they share. It knows all packages; of
 * the plugin's steps only their configuration, and the embedded engine that runs them.
 *
 * <p>Facade: {@link io.jenkins.plugins.dtk.cli.Main}. Failures become exit codes in one place, {@code Faults}.
 *
 * <pre>{@code
 * dtk matrix --releases 4.16+ --image quay.io/acme/driver-toolkit
 * }</pre>
 */
package io.jenkins.plugins.dtk.cli;
