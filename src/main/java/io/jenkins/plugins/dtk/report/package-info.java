/**
 * The matrix, a run, an audit and a library for people and other tools: grids, tables, JSON, CSV, YAML, pages.
 *
 * <p>Facade: {@link io.jenkins.plugins.dtk.report.RunFacts} for a run; each form of output is a class named by it. It
 * knows all packages below it and does no I/O.
 *
 * <pre>{@code
 * terminal.print(MatrixTable.of(matrix));
 * }</pre>
 */
package io.jenkins.plugins.dtk.report;
