package io.jenkins.plugins.dtk.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Extra packages and repositories")
class ExtrasTest {

    @Test
    @DisplayName("are separated by spaces, commas or lines")
    void lists() {
        assertThat(Extras.of("dwarves,elfutils-devel  gcc-c++\n", "crb https://mirror.lab/$releasever/$basearch/")
                        .variables())
                .containsEntry("DTK_EXTRA_PACKAGES", "dwarves elfutils-devel gcc-c++")
                .containsEntry("DTK_EXTRA_REPOS", "crb https://mirror.lab/$releasever/$basearch/");
    }

    @Test
    @DisplayName("set no variable where there are none, so that one of the user's own stays")
    void none() {
        assertThat(Extras.of(null, " ").variables()).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("are refused in one line that names the item, where they could mean something else to a shell or dnf")
    @ValueSource(strings = {"-y", "$(id)", "a;b", "https://example.com/a.rpm", "'x'"})
    void packages(String item) {
        assertThatThrownBy(() -> Extras.of("git " + item, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'extraPackages' has the item '")
                .hasMessageContaining("names of packages");
    }

    @ParameterizedTest
    @DisplayName("are refused where nothing is written before, between or behind commas")
    @ValueSource(strings = {"git,,make", "git,", ", git", "git , , make", ","})
    void emptyPart(String list) {
        assertThatThrownBy(() -> Extras.of(list, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'extraPackages' is not a list: '" + list
                        + "' (a part is empty); it takes names of packages, such as dwarves elfutils-devel");
    }

    @ParameterizedTest
    @DisplayName("are refused where an address holds a login, another variable or another scheme")
    @CsvSource({"https://user:password@mirror.lab/", "https://mirror.lab/$HOME/", "file:///etc", "$releasever"})
    void repositories(String item) {
        assertThatThrownBy(() -> Extras.of("", item))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'extraRepositories' has the item '")
                .hasMessageContaining("ids of repositories");
    }
}
