package io.jenkins.plugins.dtk.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The signatures that were recorded from the real Jenkins, by class name. */
final class RecordedApi {

    private final Map<String, RecordedClass> classes = new LinkedHashMap<>();

    /** One class: its kind and supertypes as written in the record, its members, and those of them that are abstract. */
    record RecordedClass(String kind, List<String> supertypes, List<Member> members, List<Member> abstractMembers) {

        boolean isInterface() {
            return kind.equals("interface");
        }
    }

    /** One public or protected member; a method's descriptor starts with a parenthesis. */
    record Member(String name, String descriptor, boolean isStatic) {

        @Override
        public String toString() {
            return (isStatic ? "static " : "") + name + ' ' + descriptor;
        }
    }

    /** Reads the two tables; a class that is in both is an error. */
    static RecordedApi read() {
        RecordedApi api = new RecordedApi();
        api.add("jenkins-api.tsv");
        api.add("jenkins-api-more.tsv");
        return api;
    }

    RecordedClass get(String className) {
        return classes.get(className);
    }

    private void add(String table) {
        try (InputStream in = RecordedApi.class.getResourceAsStream(table);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            RecordedClass current = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] columns = line.split("\t", -1);
                if (line.startsWith("# ")) {
                    current =
                            new RecordedClass(columns[1], supertypes(columns[2]), new ArrayList<>(), new ArrayList<>());
                    if (classes.put(columns[0].substring(2), current) != null) {
                        throw new IllegalStateException(columns[0].substring(2) + " is recorded twice");
                    }
                } else if (!line.startsWith("##") && !line.isBlank()) {
                    String modifiers = columns.length > 2 ? columns[2] : "";
                    Member member = new Member(columns[0], columns[1], modifiers.contains("static"));
                    current.members().add(member);
                    if (modifiers.contains("abstract")) {
                        current.abstractMembers().add(member);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> supertypes(String text) {
        List<String> names = new ArrayList<>();
        for (String word : text.split("[ ,]+")) {
            if (!word.isEmpty() && !word.equals("extends") && !word.equals("implements")) {
                names.add(word);
            }
        }
        return names;
    }
}
