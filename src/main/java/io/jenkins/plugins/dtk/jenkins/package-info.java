/**
 * The plugin: steps, their forms, credentials, the global configuration, pages. It is the only package that knows
 * Jenkins' API, and it knows all packages below it; how their parts are wired is {@code site}'s.
 *
 * <p>Facade: the steps ({@link io.jenkins.plugins.dtk.jenkins.DtkMatrixStep},
 * {@link io.jenkins.plugins.dtk.jenkins.DtkBuildStep}, {@link io.jenkins.plugins.dtk.jenkins.DtkImageStep},
 * {@link io.jenkins.plugins.dtk.jenkins.DtkCheckStep},
 * {@link io.jenkins.plugins.dtk.jenkins.DtkTagExistsStep}, {@link io.jenkins.plugins.dtk.jenkins.DtkVerifyStep}) and
 * {@link io.jenkins.plugins.dtk.jenkins.DtkConfiguration}.
 *
 * <pre>{@code
 * def matrix = dtkMatrix(releases: '4.12+', image: 'quay.io/acme/driver-toolkit')
 * }</pre>
 */
package io.jenkins.plugins.dtk.jenkins;
