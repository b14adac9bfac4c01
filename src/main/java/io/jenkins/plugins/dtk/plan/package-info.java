/**
 * What a run has to build, with which variables and scripts on the agent, and what became of it: the one model of a run,
 * which the step's result, the pages and the reports read. What is stored with a build is here; see {@code build} for
 * what earlier versions stored.
 *
 * <p>Facade: {@link io.jenkins.plugins.dtk.plan.BuildPlan} before a run, {@link io.jenkins.plugins.dtk.plan.BuildLedger}
 * during and after it. It knows {@code library}, {@code matrix} and the values; no settings but
 * {@link io.jenkins.plugins.dtk.plan.Places}.
 *
 * <pre>{@code
 * BuildPlan plan = BuildPlan.of(matrix, image, places);
 * BuildLedger ledger = new BuildLedger(image.name(), plan, false);
 * }</pre>
 */
package io.jenkins.plugins.dtk.plan;
