package io.jenkins.plugins.dtk.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Comma-separated values")
class CsvTest {

    @Test
    @DisplayName("of the matrix name its columns as the JSON does, and have a line for each kernel")
    void matrix() {
        assertThat(Tables.csv(Samples.matrix()))
                .isEqualTo(
                        """
                        rhel,kernel,archs,kernelRt,kernel64k,stream,baseImage,baseDigest,releases,builds,missing,unjoined,stale
                        8.6,4.18.0-372.59.1.el8_6,linux/amd64 linux/arm64,4.18.0-372.59.1.rt7.216.el8_6,,rhel-8,,,4.12.20 4.12.21 4.12.22 4.12.23 4.12.24 4.12.25 4.12.26,,linux/arm64,,
                        9.2,5.14.0-284.45.1.el9_2,linux/amd64 linux/arm64,5.14.0-284.45.1.rt14.330.el9_2,,rhel-9,,,4.14.7 4.14.8,,linux/amd64 linux/arm64,,
                        9.4,5.14.0-427.61.1.el9_4,linux/amd64 linux/arm64,5.14.0-427.61.1.el9_4,,rhel-9,,,4.17.22 4.18.6,,,,
                        9.6,5.14.0-570.124.1.el9_6,linux/amd64 linux/arm64,,,rhel-9,,,4.20.26,,,linux/arm64,
                        10.2,6.12.0-211.47.1.el10_2,linux/amd64,,,rhel-10,,,4.22.11,,linux/amd64,,
                        """);
    }

    @Test
    @DisplayName("are quoted where they hold a comma, a quote or a line break")
    void quoted() {
        Csv csv = new Csv(List.of("a", "b"));
        csv.add(List.of("1,2", "say \"no\""));
        csv.add(List.of("two\nlines", "plain text"));

        assertThat(csv).hasToString("a,b\n\"1,2\",\"say \"\"no\"\"\"\n\"two\nlines\",plain text\n");
    }
}
