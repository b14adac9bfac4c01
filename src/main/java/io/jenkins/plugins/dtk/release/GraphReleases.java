package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.ParallelTasks;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.release.ReleaseVersion.Minor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds releases in a channel of the update graph, and says where its answers are no proof that there are no more. */
final class GraphReleases {

    private static final int THREADS = 16;

    private final ReleaseSources sources;
    private final UpdateGraph graph;
    private final ReleaseCache cache;

    GraphReleases(ReleaseSources sources, UpdateGraph graph, ReleaseCache cache) {
        this.sources = sources;
        this.graph = graph;
        this.cache = cache;
    }

    /** What is asked: one request. */
    private record Question(String channel, Minor line, Architecture architecture) {
        String name() {
            return channel + "-" + line;
        }
    }

    /** The releases of a range. */
    Releases.Found list(ReleaseRange range, Collection<Architecture> architectures, String channel)
            throws Failure, InterruptedException {
        List<Release> found = new ArrayList<>();
        List<String> odd = new ArrayList<>();
        List<String> doubts = new ArrayList<>();
        LineCheck check = new LineCheck(range);
        for (List<Minor> lines = GraphLines.first(range); !lines.isEmpty(); ) {
            List<Question> questions = new ArrayList<>();
            lines.forEach(line -> architectures.forEach(one -> questions.add(new Question(channel, line, one))));
            List<Releases.Found> answers = ParallelTasks.map(questions, THREADS, this::ask);
            List<Release> more = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++) {
                Question question = questions.get(i);
                more.addAll(answers.get(i).releases());
                odd.addAll(answers.get(i).odd());
                doubts.addAll(answers.get(i).doubts());
                check.add(
                        question.line(), question.architecture(), answers.get(i).releases());
            }
            more.stream().filter(release -> range.contains(release.version())).forEach(found::add);
            lines = GraphLines.next(range, lines, more);
        }
        check.doubts().forEach(empty -> doubts.add("the update graph at " + sources.graphUrl() + " has " + empty));
        return new Releases.Found(found, odd, doubts);
    }

    private Releases.Found ask(Question question) throws Failure, InterruptedException {
        Architecture architecture = question.architecture();
        if (cache.isOffline()) {
            List<Release> last = cache.releases(sources.graphUrl(), question.name(), architecture)
                    .orElseThrow(() -> ReleaseCache.lacks(
                            "channel " + question.name() + " of the update graph for " + architecture));
            return new Releases.Found(
                    placed(last), List.of(), List.of("the update graph was not asked, because of --offline"));
        }
        GraphAnswer answer = graph.answer(question.channel(), question.line(), architecture);
        Set<String> now = new TreeSet<>();
        answer.releases().forEach(release -> now.add(release.version().toString()));
        String channel = "the update graph's channel " + question.name() + " for " + architecture;
        List<String> odd = new ArrayList<>();
        answer.odd().forEach(what -> odd.add(channel + " " + what));
        List<String> gone = cache.everKnown(sources.graphUrl(), question.name(), architecture, now).stream()
                .filter(version -> !now.contains(version))
                .toList();
        if (now.isEmpty() && !gone.isEmpty()) {
            odd.add(channel + " has no release, and had " + gone.size() + " before");
        }
        List<String> doubts = gone.stream()
                .map(version -> channel + " had release " + version + " before, and has not now")
                .toList();
        cache.keep(sources.graphUrl(), question.name(), architecture, answer.releases());
        return new Releases.Found(placed(answer.releases()), odd, doubts);
    }

    private List<Release> placed(List<Release> releases) {
        return releases.stream().map(this::placed).toList();
    }

    private Release placed(Release release) {
        ImageReference payload = sources.releaseRepository()
                .filter(place -> release.payload().digest() != null)
                .map(place -> place.withDigest(release.payload().digest()))
                .orElse(release.payload());
        return new Release(release.version(), release.architecture(), payload);
    }
}
