/**
 * The only package that opens a connection. Registries, the update graph and RHSM share one pace for each host, one
 * policy of retries, the same TLS, redirects, deadlines and bounds on what comes from outside.
 *
 * <p>Facade: {@link io.jenkins.plugins.dtk.http.HttpExchange}, with {@link io.jenkins.plugins.dtk.http.HttpSettings} and
 * {@link io.jenkins.plugins.dtk.http.Retries}. It knows {@code failure} and {@code text}.
 *
 * <pre>{@code
 * HttpExchange http = new HttpExchange(HttpSettings.standard());
 * byte[] answer = new Retries(http).run(address, () -> {
 *     try (Response response = http.send(HttpExchange.Request.get(address, Map.of()), null)) {
 *         return response.readAll(1 << 20, "the answer");
 *     }
 * });
 * }</pre>
 */
package io.jenkins.plugins.dtk.http;
