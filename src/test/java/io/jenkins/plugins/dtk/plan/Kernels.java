package io.jenkins.plugins.dtk.plan;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.kernel.Stream;
import io.jenkins.plugins.dtk.matrix.BaseImage;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.matrix.MatrixKernel;
import io.jenkins.plugins.dtk.matrix.MatrixKernel.LibraryState;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.release.ReleaseSources;
import io.jenkins.plugins.dtk.site.SiteSettings;
import java.net.http.HttpClient;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Kernels of a matrix and settings, as the tests of this package need them. */
final class Kernels {

    static final Architecture X86 = Architecture.X86_64;
    static final Architecture ARM = Architecture.AARCH64;
    static final String DIGEST = "sha256:" + "d".repeat(64);

    private Kernels() {}

    /** A kernel of x86_64 and aarch64, compared with a library that lacks these. */
    static MatrixKernel missing(String nvr, Architecture... missing) {
        return kernel(nvr, Optional.of(new LibraryState(Set.of(missing), Set.of())));
    }

    /** A kernel whose images are there, these of them not in the index. */
    static MatrixKernel unjoined(String nvr, Architecture... unjoined) {
        return kernel(nvr, Optional.of(new LibraryState(Set.of(), Set.of(unjoined))));
    }

    /** A kernel whose images are there, these of them on another base. */
    static MatrixKernel stale(String nvr, Architecture... stale) {
        return kernel(nvr, Optional.of(new LibraryState(Set.of(), Set.of(), Set.of(stale))));
    }

    static MatrixKernel kernel(String nvr, Optional<LibraryState> library) {
        KernelVersion kernel = KernelVersion.parse(nvr);
        int major = kernel.rhel().major();
        return new MatrixKernel(
                kernel.rhel(),
                kernel,
                Set.of(X86, ARM),
                Optional.of(kernel),
                Optional.empty(),
                Stream.rhel(major),
                new BaseImage(
                        "registry.access.redhat.com/ubi" + major + "/ubi:" + kernel.rhel(),
                        Optional.of(Digest.parse(DIGEST)),
                        Map.of()),
                List.of("4.16.1", "4.17.0"),
                List.of(),
                library);
    }

    static KernelMatrix matrix(MatrixKernel... kernels) {
        return new KernelMatrix(Arrays.asList(kernels), List.of());
    }

    static Places settings(Set<String> plainHttp, Map<String, String> locations) {
        return new SiteSettings(ReleaseSources.of(null, null), plainHttp, locations, "", HttpClient::newBuilder)
                .places();
    }

    static Places settings() {
        return settings(Set.of(), Map.of());
    }
}
