/**
 * Names under which earlier versions of the plugin stored the state of a build in its {@code program.dat}. A build that
 * such a version left half-way finds its classes here; what is read becomes the present classes of {@code plan} at once.
 * Nothing else uses these classes, and no new ones are stored.
 *
 * <p>Facade: none. It knows {@code kernel} and {@code plan}.
 */
package io.jenkins.plugins.dtk.build;
