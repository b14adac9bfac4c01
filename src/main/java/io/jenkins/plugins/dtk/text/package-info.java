/**
 * Text without knowledge of the field: quoting what comes from outside, hiding secrets, tables, CSV, HTML.
 *
 * <p>Facade: there is none, each class is a small tool of its own. It knows no other package.
 *
 * <pre>{@code
 * String line = mask.hide("the registry answered " + Quote.of(answer));
 * }</pre>
 */
package io.jenkins.plugins.dtk.text;
