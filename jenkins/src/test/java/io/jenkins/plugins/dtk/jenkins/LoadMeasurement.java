package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.jenkins.plugins.dtk.demo.DockerRegistry;
import io.jenkins.plugins.dtk.testing.Parts;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * What hundreds of branches cost a controller; docs/load.md has the figures. Started by its name alone: a figure of a
 * busy machine is no verdict. Blocks do nothing, so all that is measured is Jenkins and the plugin.
 */
@WithJenkins
class LoadMeasurement {

    private static final double MIB = 1 << 20;

    @ParameterizedTest(name = "{0} kernels of two architectures")
    @ValueSource(ints = {75, 150, 300})
    void branches(int kernels, JenkinsRule jenkins) throws Exception {
        Parts.need("docker-registry");
        try (DockerRegistry registry = DockerRegistry.start()) {
            TinyImages.push(registry.address(), "acme/load", kernels);
            DtkConfiguration.get().setPlainHttpRegistries(List.of(registry.address()));
            double before = liveMib();
            long cpu = cpu();
            long start = System.nanoTime();
            WorkflowRun run = Scripts.job(jenkins, "load", script(registry.address(), kernels))
                    .scheduleBuild2(0)
                    .waitForStart();
            for (int branch = 1; branch <= 2 * kernels; branch++) {
                SemaphoreStep.waitForStart("load/" + branch, run);
            }
            long started = System.nanoTime();
            long program = Files.size(run.getRootDir().toPath().resolve("program.dat"));
            double live = liveMib() - before;
            long released = System.nanoTime();
            for (int branch = 1; branch <= 2 * kernels; branch++) {
                SemaphoreStep.success("load/" + branch, null);
            }
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            long end = System.nanoTime();
            double used = cpu() - cpu;
            assertThat(JenkinsRule.getLog(run)).contains(kernels + " kernels");
            String page = page(jenkins, run);
            long asked = System.nanoTime();
            page(jenkins, run);
            System.out.printf(
                    "load | %d | %.1f s | %.1f s | %.1f s | %.0f MiB | %d KiB | %d KiB | %d KiB | %.2f s |%n",
                    2 * kernels,
                    seconds(started - start),
                    seconds(end - released),
                    seconds((long) used),
                    live,
                    program >> 10,
                    size(run.getRootDir().toPath()) >> 10,
                    page.length() >> 10,
                    seconds(System.nanoTime() - asked));
        }
    }

    @ParameterizedTest(name = "{0} builds")
    @ValueSource(ints = {5, 500})
    void pageOfAJob(int builds, JenkinsRule jenkins) throws Exception {
        LargeRun run = new LargeRun(20, 4);
        for (int i = 0; i < builds; i++) {
            run.in(jenkins, "nights");
        }
        jenkins.jenkins.reload();
        for (String page : List.of("job/nights/", "job/nights/driver-toolkit/", "job/nights/driver-toolkit/")) {
            try (JenkinsRule.WebClient client = jenkins.createWebClient().withJavaScriptEnabled(false)) {
                long asked = System.nanoTime();
                client.goTo(page);
                System.out.printf("load | %d builds | %s | %.2f s |%n", builds, page, seconds(System.nanoTime() - asked));
            }
        }
    }

    private static String script(String registry, int kernels) {
        return """
                def versions = []
                for (int i = 1; i <= %d; i++) {
                    versions << [rhel: '9.4', kernel: "5.14.0-427.${i}.1.el9_4".toString(), stream: 'rhel-9',
                                 archs: 'linux/amd64,linux/arm64', releases: ["4.17.${i}".toString()],
                                 missing: ['linux/amd64', 'linux/arm64'], baseImage: '%s/ubi:9.4']
                }
                dtkBuild(matrix: [versions: versions], image: '%s/acme/load') { semaphore 'load' }
                """
                .formatted(kernels, registry, registry);
    }

    private static String page(JenkinsRule jenkins, WorkflowRun run) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient().withJavaScriptEnabled(false)) {
            return client.goTo(run.getUrl() + "driver-toolkit/").getWebResponse().getContentAsString();
        }
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static double liveMib() {
        System.gc();
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / MIB;
    }

    private static double seconds(long nanos) {
        return nanos / (double) TimeUnit.SECONDS.toNanos(1);
    }

    private static long size(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
