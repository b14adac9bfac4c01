/**
 * JSON from outside, read as a stream: {@link io.jenkins.plugins.dtk.json.JsonDocument} opens a document and
 * {@link io.jenkins.plugins.dtk.json.JsonCursor} walks through it. What the reader does not ask for is passed over, so
 * memory follows what is kept and not what is sent.
 *
 * <p>Facade: {@link io.jenkins.plugins.dtk.json.JsonDocument}. It knows nothing of images or releases.
 */
package io.jenkins.plugins.dtk.json;
