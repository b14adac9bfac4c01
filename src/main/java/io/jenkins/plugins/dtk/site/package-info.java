/**
 * The composition root: makes of typed settings and credentials the parts that do the work. The steps, the commands and
 * the demo differ in where settings come from, not in how the parts fit together, so that stands here once.
 *
 * <p>Facade: {@link io.jenkins.plugins.dtk.site.Site}. It knows all packages but {@code jenkins} and {@code cli}.
 *
 * <pre>{@code
 * Site site = Site.of(settings, pullSecret, ReleaseCache.in(folder, log::warn), progress);
 * KernelMatrix matrix = site.matrix().compute(request);
 * }</pre>
 */
package io.jenkins.plugins.dtk.site;
