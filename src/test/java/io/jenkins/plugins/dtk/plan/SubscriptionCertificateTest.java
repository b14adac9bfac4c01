package io.jenkins.plugins.dtk.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.plugins.dtk.demo.CandlepinServer;
import io.jenkins.plugins.dtk.demo.RhsmServer;
import io.jenkins.plugins.dtk.http.HttpSettings;
import io.jenkins.plugins.dtk.rhsm.Rhsm;
import io.jenkins.plugins.dtk.rhsm.RhsmSystem;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The certificate of a registered system")
class SubscriptionCertificateTest {

    private static final String BEGINNING =
            "-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----\n-----BEGIN ENTITLEMENT DATA-----\n";
    private static final String END =
            "\n-----END ENTITLEMENT DATA-----\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\nAQEF\n-----END RSA PRIVATE KEY-----\n";

    @ParameterizedTest
    @ValueSource(ints = {1, 98_000, 98_304, 98_305, 300_000})
    void isWholeInVariablesThatLinuxTakes(int length) {
        String pem = BEGINNING + "x".repeat(length) + END;
        List<String> parts =
                List.copyOf(new SubscriptionCertificate(pem).variables().values());

        assertThat(String.join("", parts).equals(pem)).isTrue();
        assertThat(parts).allSatisfy(part -> assertThat(part.length()).isBetween(1, 128 * 1024 - 100));
    }

    @Test
    void goesOnInVariablesWithNumbers() {
        assertThat(new SubscriptionCertificate(BEGINNING + "x".repeat(200_000) + END)
                        .variables()
                        .keySet())
                .containsExactly("RHSM_CERTIFICATE", "RHSM_CERTIFICATE_2", "RHSM_CERTIFICATE_3");
    }

    @Test
    void isSecretInItsKeyAlone() {
        String second = END.replace("RSA ", "").replace("MIIE", "MIIF");
        assertThat(new SubscriptionCertificate(BEGINNING + END + BEGINNING + second).secrets())
                .containsExactly("MIIE\nAQEF", "MIIF\nAQEF");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret", "-----BEGIN PRIVATE KEY-----\ns3cret\n-----END PRIVATE KEY-----", BEGINNING})
    void isNotWhatIsNoPairOfBoth(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SubscriptionCertificate(text))
                .withMessage("no certificate with its private key in PEM, as in /etc/pki/entitlement");
    }

    /** Such as Candlepin issues: CN is the system's uuid, and no extension is Red Hat's. */
    @Test
    void isNotTheIdentityOfASystemWithWhichAnybodyCouldUnregisterIt() throws Exception {
        String organisation = "the organisation";
        try (RhsmServer systems = RhsmServer.start(organisation, "key");
                CandlepinServer server = CandlepinServer.start(systems)) {
            Rhsm rhsm = new Rhsm(Rhsm.url(server.url()), HttpSettings.standard().trusting(server.certificate()));
            RhsmSystem system = rhsm.register("dtk-one", organisation, "key", lost -> {});
            String bundle = rhsm.certificate(system);
            assertThat(new SubscriptionCertificate(bundle).secrets()).hasSize(1);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new SubscriptionCertificate(bundle + system.certificate() + system.key()))
                    .withMessageStartingWith(
                            "the identity of a system, as in /etc/pki/consumer, with which anybody could"
                                    + " unregister it: give what is in its /etc/pki/entitlement");
        }
    }
}
