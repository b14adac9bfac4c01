package io.jenkins.plugins.dtk.rhsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.dtk.demo.CandlepinServer;
import io.jenkins.plugins.dtk.demo.RhsmServer;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.http.HttpSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("With the subscription service, a system")
class RhsmTest {

    private static final String ORGANISATION = "org of & the tests";
    private static final String KEY = "key+of/the tests=";

    @AutoClose
    private static RhsmServer systems;

    @AutoClose
    private static CandlepinServer server;

    private static Rhsm rhsm;

    @BeforeAll
    static void start() throws Exception {
        systems = RhsmServer.start(ORGANISATION, KEY);
        server = CandlepinServer.start(systems);
        rhsm = rhsm(server.url(), server.certificate());
    }

    @AfterEach
    void nothingIsLeft() {
        for (String method : new String[] {"POST", "GET", "DELETE"}) {
            server.answer(method, 0);
        }
        systems.limit(100);
        assertThat(systems.registered()).isEmpty();
    }

    static Rhsm rhsm(String url, String certificates) {
        return new Rhsm(
                Rhsm.url(url),
                HttpSettings.standard().trusting(certificates).patience(Duration.ofSeconds(60), Duration.ofMillis(10)));
    }

    @Test
    void isRegisteredGetsACertificateWithItsKeyAndIsUnregistered() throws Exception {
        RhsmSystem system = rhsm.register("dtk-one", ORGANISATION, KEY, lost -> {});
        assertThat(systems.registered()).containsExactly("dtk-one");

        String certificate = rhsm.certificate(system);
        assertThat(certificate.length()).isGreaterThan(200_000);
        assertThat(certificate.lines().filter(line -> line.startsWith("-----BEGIN ")))
                .containsExactly(
                        "-----BEGIN CERTIFICATE-----",
                        "-----BEGIN ENTITLEMENT DATA-----",
                        "-----BEGIN RSA SIGNATURE-----",
                        "-----BEGIN PRIVATE KEY-----");
        assertThat(system.toString()).startsWith("dtk-one (").doesNotContain("KEY");
        rhsm.unregister(system);
    }

    @Test
    void mayHaveItsKeyInTheFormOfOlderServers() throws Exception {
        RhsmSystem system = rhsm.register("dtk-old", ORGANISATION, KEY, lost -> {});
        byte[] key = Base64.getMimeDecoder().decode(system.key().replaceAll("-----.*", ""));
        // What PKCS#8 puts before a key of PKCS#1 has 26 bytes where the key has 2048 bits.
        byte[] older = Arrays.copyOfRange(key, 26, key.length);
        String traditional = "-----BEGIN RSA PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(older) + "\n-----END RSA PRIVATE KEY-----\n";

        rhsm.unregister(new RhsmSystem(system.name(), system.uuid(), system.certificate(), traditional));
    }

    @Test
    void isNotUnregisteredByAnotherOne() throws Exception {
        RhsmSystem one = rhsm.register("dtk-one", ORGANISATION, KEY, lost -> {});
        RhsmSystem other = rhsm.register("dtk-other", ORGANISATION, KEY, lost -> {});
        RhsmSystem mixed = new RhsmSystem("dtk-one", one.uuid(), other.certificate(), other.key());

        Failure failure = failure(() -> rhsm.unregister(mixed));

        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure)
                .hasMessageEndingWith("it answered 404: Consumer with ID(s) " + one.uuid() + " could not be found.");
        rhsm.unregister(one);
        rhsm.unregister(other);
    }

    @Test
    void thatSomebodyElseHasUnregisteredIsFine() throws Exception {
        RhsmSystem system = rhsm.register("dtk-one", ORGANISATION, KEY, lost -> {});
        rhsm.unregister(system);
        rhsm.unregister(system);
    }

    @Test
    void isRefusedWithAWrongActivationKey() {
        Failure failure = failure(() -> rhsm.register("dtk-one", ORGANISATION, "not the key", lost -> {}));
        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure)
                .hasMessage("Tried to register the system dtk-one at " + authority() + " but failed because: it"
                        + " answered 401: None of the activation keys specified exist for this org.");
    }

    @Test
    void isRefusedWithAWrongOrganisationWhichIsNotShown() {
        Failure failure = failure(() -> rhsm.register("dtk-one", "not the org", KEY, lost -> {}));
        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure).hasMessageEndingWith("it answered 401: Organization **** does not exist.");
    }

    @Test
    void isRefusedWhereTheLimitIsReachedAndTheKeyInTheAnswerIsNotShown() {
        systems.limit(0);
        Failure failure = failure(() -> rhsm.register("dtk-one", ORGANISATION, KEY, lost -> {}));
        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure).hasMessageEndingWith("it answered 403: Max Hosts (0) reached for activation key '****'");
    }

    @Test
    void withoutSimpleContentAccessIsToldWhatToDo() throws Exception {
        try (CandlepinServer other = CandlepinServer.start(systems)) {
            other.withoutSimpleContentAccess();
            Rhsm at = rhsm(other.url(), other.certificate());
            RhsmSystem system = at.register("dtk-one", ORGANISATION, KEY, lost -> {});
            assertThat(failure(() -> at.certificate(system)))
                    .hasMessageContaining("let the organisation have simple content access");
            at.unregister(system);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void isNotSaidToBeRefusedWhereTheServerHasTooMuchToDo(int status) {
        server.answer("POST", status);
        Failure failure = failure(() -> rhsm.register("dtk-one", ORGANISATION, KEY, lost -> {}));
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure).hasMessageEndingWith("it answered " + status);
    }

    @Test
    void isOneSystemHoweverManyAnswersAreLost() throws Exception {
        int before = systems.registrations();
        server.loseAnswers("POST", 3);
        List<String> lost = new ArrayList<>();

        RhsmSystem system = rhsm.register("dtk-one", ORGANISATION, KEY, lost::add);

        assertThat(systems.registered()).containsExactly("dtk-one");
        assertThat(systems.registrations()).isEqualTo(before + 1);
        assertThat(lost).containsExactly("it answered 502", "it answered 502", "it answered 502");
        assertThat(rhsm.certificate(system)).contains("-----BEGIN CERTIFICATE-----");
        rhsm.unregister(system);
    }

    @Test
    void thatMayBeRegisteredIsFoundLaterByItsName() throws Exception {
        server.loseAnswers("POST", 99);
        Failure failure = failure(() -> rhsm.register("dtk-one", ORGANISATION, KEY, lost -> {}));
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure)
                .hasMessageEndingWith("it answered 502; whether it is registered is unknown: look for it there");
        assertThat(systems.registered()).containsExactly("dtk-one");

        server.loseAnswers("POST", 0);
        rhsm.unregister(rhsm.register("dtk-one", ORGANISATION, KEY, lost -> {}));
    }

    @Test
    void isAnotherOneThanASystemOfAnotherName() throws Exception {
        RhsmSystem one = rhsm.register("dtk-one", ORGANISATION, KEY, lost -> {});
        RhsmSystem other = rhsm.register("dtk-other", ORGANISATION, KEY, lost -> {});
        assertThat(one.uuid()).isNotEqualTo(other.uuid());
        rhsm.unregister(one);
        rhsm.unregister(other);
    }

    @Test
    void isNotSaidToBeGoneByAnAddressThatIsWrong() throws Exception {
        RhsmSystem system = rhsm.register("dtk-one", ORGANISATION, KEY, lost -> {});
        Failure failure = failure(
                () -> rhsm(server.url() + "/elsewhere", server.certificate()).unregister(system));
        assertThat(failure).hasMessageContaining("it answered 404");
        server.answer("DELETE", 410);
        assertThat(failure(() -> rhsm.unregister(system))).hasMessageEndingWith("it answered 410");
        server.answer("DELETE", 0);
        rhsm.unregister(system);
    }

    @Test
    void cannotBeUnregisteredByThoseWhoHaveItsCertificateForDownloads() throws Exception {
        RhsmSystem system = rhsm.register("dtk-one", ORGANISATION, KEY, lost -> {});
        String bundle = rhsm.certificate(system);
        String end = "-----END CERTIFICATE-----";
        RhsmSystem thief = new RhsmSystem(
                "dtk-one",
                system.uuid(),
                bundle.substring(0, bundle.indexOf(end)) + end,
                bundle.substring(bundle.indexOf("-----BEGIN PRIVATE KEY")));
        assertThat(failure(() -> rhsm.unregister(thief)))
                .hasMessageEndingWith("it answered 401: Invalid Certificate Type");
        rhsm.unregister(system);
    }

    @Test
    void comesBackForItsCertificateWhereTheServiceIsStillMakingIt() throws Exception {
        RhsmSystem system = rhsm.register("dtk-one", ORGANISATION, KEY, lost -> {});
        server.comeBackLater(2);
        assertThat(rhsm.certificate(system)).contains("-----BEGIN CERTIFICATE-----");
        rhsm.unregister(system);
    }

    @Test
    void isStillRegisteredWhereTheServerDoesNotUnregisterIt() throws Exception {
        RhsmSystem system = rhsm.register("dtk-one", ORGANISATION, KEY, lost -> {});
        server.answer("DELETE", 502);
        Failure failure = failure(() -> rhsm.unregister(system));
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure)
                .hasMessage("Tried to unregister the system dtk-one (" + system.uuid() + ") at " + authority()
                        + " but failed because: it answered 502");
        server.answer("DELETE", 0);
        rhsm.unregister(system);
    }

    @Test
    void isNotRegisteredWithAServerThatNoAuthorityVouchesFor() {
        Failure failure = failure(() -> rhsm(server.url(), "").register("dtk-one", ORGANISATION, KEY, lost -> {}));
        assertThat(failure.kind()).isEqualTo(Kind.INVALID);
        assertThat(failure).hasMessageContaining("its certificate is not trusted; add that of its authority");
    }

    @Test
    void isRegisteredWithAServerThatIsTrustedForItself() throws Exception {
        Rhsm trusting = rhsm(server.url(), "[" + authority() + "]\n" + server.certificate());
        trusting.unregister(trusting.register("dtk-one", ORGANISATION, KEY, lost -> {}));
    }

    @Test
    void isRegisteredAtRedHatsAddressWhereNoneIsGiven() {
        assertThat(Rhsm.url(" ")).hasToString("https://subscription.rhsm.redhat.com/subscription");
        assertThat(Rhsm.url("https://satellite.lan/rhsm/")).hasToString("https://satellite.lan/rhsm");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://satellite.lan/rhsm", "satellite.lan", "https://", "https://a/b?c", "https://a b"})
    void isNotRegisteredAtWhatIsNoAddress(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rhsm.url(url))
                .withMessageStartingWith("not the address of a subscription service: '" + url + "'");
    }

    private static String authority() {
        return Rhsm.url(server.url()).getRawAuthority();
    }

    interface Work {
        void run() throws Exception;
    }

    /** A failure that holds neither the organisation nor the key, also in what caused it. */
    static Failure failure(Work work) {
        Failure failure = catchThrowableOfType(Failure.class, work::run);
        assertThat(failure).isNotNull();
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain(KEY, ORGANISATION, "activation_keys", "PRIVATE KEY");
        assertThat(failure.getMessage()).doesNotContain("\n");
        return failure;
    }
}
