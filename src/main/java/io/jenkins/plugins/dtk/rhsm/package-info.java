/**
 * Red Hat's subscription service: registers a system, fetches the certificate with which packages are downloaded,
 * unregisters the system. A request that the service may have seen is not sent again.
 *
 * <p>Facade: {@link io.jenkins.plugins.dtk.rhsm.Rhsm}. It knows {@code http}.
 *
 * <pre>{@code
 * RhsmSystem system = rhsm.register("dtk-night-12", organisation, activationKey);
 * String certificate = rhsm.certificate(system);
 * rhsm.unregister(system);
 * }</pre>
 */
package io.jenkins.plugins.dtk.rhsm;
