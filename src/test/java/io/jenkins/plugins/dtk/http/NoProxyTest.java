package io.jenkins.plugins.dtk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The proxy in the environment")
class NoProxyTest {

    @ParameterizedTest(name = "NO_PROXY={0}, {1}: {2}")
    @DisplayName("is not used for the hosts of NO_PROXY")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            *                          | https://quay.io/            | direct
            quay.io                    | https://quay.io/            | direct
            quay.io                    | https://cdn.quay.io/        | direct
            quay.io                    | https://evilquay.io/        | proxy
            .quay.io                   | https://cdn.quay.io/        | direct
            .quay.io                   | https://quay.io/            | proxy
            *.quay.io                  | https://cdn.quay.io/        | direct
            QUAY.io                    | https://Quay.IO/            | direct
            a.example, quay.io         | https://quay.io/            | direct
            a.example quay.io          | https://quay.io/            | direct
            quay.io:443                | https://quay.io/            | direct
            quay.io:8443               | https://quay.io/            | proxy
            quay.io:8443               | https://quay.io:8443/       | direct
            registry:5000              | http://registry:5000/       | direct
            10.1.2.3                   | http://10.1.2.3:5000/       | direct
            10.0.0.0/8                 | http://10.1.2.3:5000/       | direct
            10.0.0.0/8                 | http://11.1.2.3/            | proxy
            192.168.128.0/17           | http://192.168.200.1/       | direct
            192.168.128.0/17           | http://192.168.100.1/       | proxy
            0.0.0.0/0                  | http://8.8.8.8/             | direct
            10.0.0.0/8                 | http://10.example/          | proxy
            10.0.0.0/99                | http://10.1.2.3/            | proxy
            fd00::/8                   | http://[fd00::1]:5000/      | direct
            ::1                        | http://[::1]:5000/          | direct
            [::1]:5000                 | http://[::1]:5000/          | direct
            [::1]:5000                 | http://[::1]:5001/          | proxy
            2.3                        | http://10.1.2.3/            | proxy
            ''                         | https://quay.io/            | proxy
            """)
    void exceptions(String list, String address, String way) {
        ProxySettings settings =
                ProxySettings.of(Map.of("HTTPS_PROXY", "http://p:1", "HTTP_PROXY", "http://p:1", "NO_PROXY", list));
        assertThat(settings.proxy(URI.create(address)).isPresent() ? "proxy" : "direct")
                .isEqualTo(way);
    }

    @ParameterizedTest(name = "{0}={1} for {2}")
    @DisplayName("is read in every form that people write")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            HTTPS_PROXY | http://proxy.example:3128         | https://quay.io/ | proxy.example:3128 |
            https_proxy | http://proxy.example:3128/        | https://quay.io/ | proxy.example:3128 |
            HTTPS_PROXY | proxy.example:3128                | https://quay.io/ | proxy.example:3128 |
            HTTPS_PROXY | http://proxy.example              | https://quay.io/ | proxy.example:80   |
            ALL_PROXY   | http://proxy.example:3128         | https://quay.io/ | proxy.example:3128 |
            HTTP_PROXY  | http://proxy.example:3128         | https://quay.io/ |                    |
            HTTP_PROXY  | http://proxy.example:3128         | http://quay.io/  | proxy.example:3128 |
            HTTPS_PROXY | http://me:secret@proxy.example:1  | https://quay.io/ | proxy.example:1    | Basic bWU6c2VjcmV0
            HTTPS_PROXY | me:secret@proxy.example:1         | https://quay.io/ | proxy.example:1    | Basic bWU6c2VjcmV0
            HTTPS_PROXY | http://me:p%40ss%3Aw@proxy.example:1 | https://quay.io/ | proxy.example:1 | Basic bWU6cEBzczp3
            HTTPS_PROXY | http://me:p@ss@proxy.example:1    | https://quay.io/ | proxy.example:1    | Basic bWU6cEBzcw==
            HTTPS_PROXY | http://me:100%@proxy.example:1    | https://quay.io/ | proxy.example:1    | Basic bWU6MTAwJQ==
            HTTPS_PROXY | http://[::1]:3128                 | https://quay.io/ | [::1]:3128         |
            """)
    void isRead(String name, String value, String address, String proxy, String login) {
        ProxySettings settings = ProxySettings.of(Map.of(name, value));
        assertThat(settings.proxy(URI.create(address)).orElse(null)).isEqualTo(proxy);
        assertThat(settings.authorization(URI.create(address)).orElse(null)).isEqualTo(login);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("is refused in one line without its login")
    @CsvSource({
        "socks5://me:hunter2@proxy.example:1080, 'socks5://****@proxy.example:1080'",
        "https://me:hunter2@proxy.example:3128, 'https://****@proxy.example:3128'",
        "http://me:hunter2@, 'http://****@'",
        "http://me:hunter2@pro xy:1, 'http://****@pro xy:1'"
    })
    void isRefused(String value, String shown) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProxySettings.of(Map.of("HTTPS_PROXY", value)))
                .withMessageStartingWith("HTTPS_PROXY is not a proxy that can be used: '" + shown + "'")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
    }
}
