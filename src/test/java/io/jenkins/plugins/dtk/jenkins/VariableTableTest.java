package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The variables of branches")
class VariableTableTest {

    private static final Map<String, String> FIRST = Map.of("DTK_KERNEL", "5.14.0-1.el9_4", "DTK_ARCH", "x86_64");
    private static final Map<String, String> SECOND =
            Map.of("DTK_KERNEL", "5.14.0-1.el9_4", "DTK_ARCH", "aarch64", "DTK_BUILDER", "buildah");

    @Test
    @DisplayName("are those that each branch was given, before and after a restart")
    void kept() throws Exception {
        VariableTable table = new VariableTable();
        int[] first = table.add(FIRST);
        int[] second = table.add(SECOND);

        for (VariableTable any : new VariableTable[] {table, restarted(table)}) {
            assertThat(any.of(first)).isEqualTo(FIRST);
            assertThat(any.of(second)).isEqualTo(SECOND);
        }
    }

    private static VariableTable restarted(VariableTable table) throws Exception {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(stored)) {
            out.writeObject(table);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(stored.toByteArray()))) {
            return (VariableTable) in.readObject();
        }
    }
}
