package io.jenkins.plugins.dtk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The documents")
class DocumentsTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

    /** See the table in CONTRIBUTING.md; "could not tell" is one of the three answers. */
    private static final Pattern WORDS = Pattern.compile(
            "(?<![Cc]ould not )\\b[Tt]ell(s|ing)?\\b|[a-z]tells[A-Z]|\\b[Tt]old\\b|\\b[Bb]esides\\b|\\b[Nn]obody\\b|hangs on");

    private static final Pattern FILE = Pattern.compile("`([a-z]+/[A-Za-z.-]+)`");

    static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"));
                Stream<Path> bench = Files.walk(Path.of("bench"));
                Stream<Path> steps = Files.walk(Path.of("vars-docs"))) {
            return Stream.of(Stream.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")), docs, bench, steps)
                    .flatMap(paths -> paths)
                    .filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("link to files and headings that are there")
    @MethodSource("pages")
    void links(Path page) throws IOException {
        Set<String> broken = new TreeSet<>();
        Matcher links = LINK.matcher(Files.readString(page));
        while (links.find()) {
            if (!links.group(1).contains("://") && !leads(page, links.group(1))) {
                broken.add(links.group(1));
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    @DisplayName("have a front page of at most 120 lines that links to every page of the manual")
    void frontPage() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        assertThat(readme.lines()).hasSizeLessThanOrEqualTo(120);
        String reachable = readme + Files.readString(Path.of("docs/install.md"));
        try (Stream<Path> manual = Files.list(Path.of("docs"))) {
            assertThat(manual.filter(path -> path.toString().endsWith(".md"))
                            .map(path -> path.getFileName().toString()))
                    .allSatisfy(name -> assertThat(reachable).contains(name + ")"));
        }
    }

    @Test
    @DisplayName("have four walks through the code, whose files are there")
    void walks() throws IOException {
        String page = Files.readString(Path.of("CONTRIBUTING.md"));
        String walks = page.substring(page.indexOf("## Four walks"), page.indexOf("## What the embedded"));
        List<String> files = FILE.matcher(walks)
                .results()
                .map(name -> name.group(1))
                .map(name ->
                        name.startsWith("resources/") ? name : "src/main/java/io/jenkins/plugins/dtk/" + name + ".java")
                .toList();
        assertThat(files).hasSizeGreaterThan(30).allSatisfy(file -> assertThat(Path.of(file))
                .exists());
    }

    private static List<Path> texts() throws IOException {
        List<Path> texts = new ArrayList<>();
        for (String folder : List.of("src", "jenkins/src", "docs", "bench", "vars-docs", "resources")) {
            try (Stream<Path> paths = Files.walk(Path.of(folder))) {
                paths.filter(path -> path.toString().matches(".*\\.(java|md|sh|py|html|jelly|groovy)"))
                        .filter(path -> !path.endsWith("DocumentsTest.java"))
                        .forEach(texts::add);
            }
        }
        return texts;
    }

    @Test
    @DisplayName("and the code avoid the words that CONTRIBUTING.md lists")
    void words() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path text : texts()) {
            for (String line : Files.readAllLines(text)) {
                if (WORDS.matcher(line).find()) {
                    found.add(text + ": " + line.strip());
                }
            }
        }
        assertThat(found).isEmpty();
    }

    private static boolean leads(Path page, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        return Files.exists(target)
                && (parts.length == 1
                        || HEADING.matcher(Files.readString(target))
                                .results()
                                .anyMatch(heading -> anchor(heading.group(1)).equals(parts[1])));
    }

    /** The name that a heading has in a link, as Git hosts make it. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", "").replace(' ', '-');
    }
}
