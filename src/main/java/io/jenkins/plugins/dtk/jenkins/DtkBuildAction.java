package io.jenkins.plugins.dtk.jenkins;

import hudson.model.Run;
import io.jenkins.plugins.dtk.report.RunFacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.RunAction2;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The page of a build: what its runs of {@code dtkBuild} found and did. */
@ExportedBean
@Restricted(NoExternalUse.class) // pages and their API
public final class DtkBuildAction extends ToolkitPage implements RunAction2 {

    private final ArrayList<RunRecord> records = new ArrayList<>();

    private transient Run<?, ?> run;

    /** The record of a step, made when it is not there. */
    static synchronized RunRecord record(Run<?, ?> run, String id, String image) {
        DtkBuildAction action = run.getAction(DtkBuildAction.class);
        if (action == null) {
            action = new DtkBuildAction();
            run.addAction(action);
        }
        return action.record(id, image);
    }

    private synchronized RunRecord record(String id, String image) {
        for (RunRecord known : records) {
            if (known.is(id)) {
                return known;
            }
        }
        RunRecord record = new RunRecord(id, image);
        record.attach(run);
        records.add(record);
        return record;
    }

    @Override
    public synchronized void onAttached(Run<?, ?> newRun) {
        run = newRun;
        DtkJobAction.note(newRun.getParent());
        records.forEach(record -> record.attach(newRun));
    }

    @Override
    public void onLoad(Run<?, ?> loaded) {
        onAttached(loaded);
    }

    /** Whether it has a run for a library. */
    synchronized boolean isAbout(String image) {
        return records.stream().anyMatch(record -> record.getImage().equals(image));
    }

    /** What the runs for a library could not replace, as {@link KeptImages} names it. */
    synchronized Set<String> refused(String image) {
        return records.stream()
                .filter(record -> record.getImage().equals(image))
                .flatMap(record -> record.kept().stream())
                .collect(Collectors.toSet());
    }

    /** The build. */
    public Run<?, ?> getRun() {
        return run;
    }

    /** The runs of {@code dtkBuild} in it: one, in most pipelines. */
    @Exported(name = "runs", inline = true)
    public synchronized List<RunRecord> getRecords() {
        return List.copyOf(records);
    }

    /**
     * What its runs came to, or have come to so far, by the library; of two runs for one library the later.
     *
     * @throws IOException when the details of one cannot be read
     */
    Map<String, RunFacts> facts() throws IOException {
        Map<String, RunFacts> facts = new LinkedHashMap<>();
        for (RunRecord record : getRecords()) {
            facts.put(record.getImage(), record.read());
        }
        return facts;
    }

    /** The systems of this job that should be registered with RHSM no more, and why they are; none of it is secret. */
    public List<String> getLeftRegistered() {
        RhsmSystems own = run.getAction(RhsmSystems.class);
        String job = run.getParent().getFullName();
        return Stream.concat(
                        own == null ? Stream.empty() : own.all().stream(),
                        RhsmLeftovers.get().systems().stream().filter(entry -> entry.isOf(job)))
                .filter(entry -> entry.since() != 0)
                .map(RhsmSystems.Entry::text)
                .toList();
    }
}
