/**
 * The matrix, a run, an audit and a library for people and other tools: grids, tables, JSON, CSV, YAML, pages.
 *
 * <p>Facade: {@link io.jenkins.plugins.dtk.report.Tables} for people, {@link io.jenkins.plugins.dtk.report.JsonReports}
 * and {@link io.jenkins.plugins.dtk.report.LibraryExport} for other
 * programs, {@link io.jenkins.plugins.dtk.report.RunFacts} for a run. It knows all packages below it and does no I/O.
 *
 * <pre>{@code
 * terminal.print(Tables.matrix(matrix));
 * }</pre>
 */
package io.jenkins.plugins.dtk.report;
