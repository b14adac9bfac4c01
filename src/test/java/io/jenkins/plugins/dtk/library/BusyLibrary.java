package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.MediaType;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.registry.Scripted;
import io.jenkins.plugins.dtk.testing.FakeImage;
import io.jenkins.plugins.dtk.testing.FakeRegistry;
import io.jenkins.plugins.dtk.testing.Fault;
import io.jenkins.plugins.dtk.testing.RandomFaults;
import io.jenkins.plugins.dtk.testing.ScriptedReply;
import io.jenkins.plugins.dtk.testing.ScriptedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A library in memory that a clean-up meets: kernels, some of them wanted, images that kernels share, odd indexes under
 * foreign tags, attachments, faults, and others who work there at the same time. It knows what must not be lost.
 */
public final class BusyLibrary implements AutoCloseable {

    private static final String NAME = "acme/dtk";
    private static final List<Architecture> BOTH = List.of(Architecture.X86_64, Architecture.AARCH64);
    private static final Pattern DIGEST = Pattern.compile("\"digest\"\\s*:\\s*\"(sha256:[0-9a-f]{64})\"");

    /** Nothing may be lost by the lie that something is not there, too. */
    private static final Set<Fault> FAULTS = faults();

    private final FakeRegistry registry = new FakeRegistry().writable();
    private final Random random;
    private final RegistryClient client;
    private final RegistryClient others;
    private final int faults;
    private final RandomFaults trouble;
    private final boolean busy;

    private final List<String> kernels = new ArrayList<>();
    private final Set<String> wanted = new LinkedHashSet<>();
    private final List<String> images = new ArrayList<>();

    /** What is named by something that stays: the digest by the tag. */
    private final Map<String, String> protectedTags = new LinkedHashMap<>();

    /** All manifests that ever were there, by digest. */
    private final Map<String, String> ever = new HashMap<>();

    /** What the tags of unwanted kernels name at first. */
    private final Set<String> unwanted = new LinkedHashSet<>();

    private boolean othersWork;
    private boolean othersTurn;
    private int number;

    /** @param round gives the client a name of its own */
    public BusyLibrary(int round, Random random) {
        this.random = random;
        this.faults = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(25);
        this.trouble = new RandomFaults(random, faults / 1000.0, FAULTS);
        this.busy = random.nextInt(4) != 0;
        int count = 3 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            kernels.add("5.14.0-" + (100 + i) + ".1.el9_2");
        }
        wanted.add(kernels.get(random.nextInt(count)));
        kernels.stream().filter(any -> random.nextInt(3) == 0).forEach(wanted::add);
        others = Scripted.inMemory(2 * round, registry.server());
        kernels.forEach(this::fill);
        foreign();
        attachments();
        kernels.stream().filter(kernel -> !wanted.contains(kernel)).forEach(this::noteUnwanted);
        client = Scripted.inMemory(2 * round + 1, registry.server());
        registry.server().on("GET", "/v2/.+/tags/list.*", this::atTags);
        registry.server().on("DELETE", "/v2/.+", this::atDelete);
        registry.spoil(this::spoil);
    }

    private static Set<Fault> faults() {
        Set<Fault> faults = Fault.visible();
        faults.add(Fault.NOT_FOUND);
        return faults;
    }

    public ImageReference repository() {
        return ImageReference.parse(registry.address() + "/" + NAME);
    }

    public RegistryClient client() {
        return client;
    }

    public Set<String> wanted() {
        return wanted;
    }

    /** From now on others push, join, tag and attach. */
    public void letOthersWork() {
        othersWork = busy;
    }

    public int deletions() {
        return (int) ever.keySet().stream()
                .filter(digest -> registry.manifest(NAME, digest) == null)
                .count();
    }

    /** Whether nothing went wrong and no one else was there, so that all that is unwanted can go. */
    public boolean isQuiet() {
        return faults == 0 && !busy;
    }

    /** What is gone although something that stays names it. */
    public List<String> lost() {
        List<String> lost = new ArrayList<>();
        protectedTags.forEach((tag, digest) -> below(digest).stream()
                .filter(one -> ever.containsKey(one) && registry.manifest(NAME, one) == null)
                .forEach(one -> lost.add(tag + " -> " + one)));
        return lost;
    }

    /** What is still there although nothing that stays names it. */
    public List<String> leftOver() {
        Set<String> needed = new LinkedHashSet<>();
        protectedTags.values().forEach(digest -> needed.addAll(below(digest)));
        return unwanted.stream()
                .filter(digest -> !needed.contains(digest) && registry.manifest(NAME, digest) != null)
                .toList();
    }

    private Set<String> below(String root) {
        Set<String> all = new LinkedHashSet<>();
        List<String> open = new ArrayList<>(List.of(root));
        while (!open.isEmpty()) {
            String digest = open.remove(open.size() - 1);
            if (all.add(digest) && ever.getOrDefault(digest, "").contains("\"manifests\"")) {
                Matcher named = DIGEST.matcher(ever.get(digest));
                while (named.find()) {
                    open.add(named.group(1));
                }
            }
        }
        return all;
    }

    private void fill(String kernel) {
        for (Architecture architecture : BOTH) {
            if (random.nextInt(6) != 0) {
                push(kernel, architecture);
            }
        }
        if (random.nextInt(5) == 0 && !images.isEmpty()) {
            // An image without a kernel of its own that several kernels name.
            registry.tag(NAME, kernel + ".x86_64", any(images));
        }
        join(kernel);
        protect(kernel);
    }

    private String push(String kernel, Architecture architecture) {
        FakeImage image = new FakeImage().on(architecture).label("number", Integer.toString(number++));
        if (random.nextBoolean()) {
            image.label("kernel-version", kernel + "." + architecture.rpmName());
        }
        registry.push(NAME, kernel + "." + architecture.rpmName(), image);
        ever.put(image.digest(), new String(registry.manifest(NAME, image.digest()), StandardCharsets.UTF_8));
        images.add(image.digest());
        return image.digest();
    }

    private void join(String kernel) {
        othersTurn = true;
        try {
            new ImageLibrary(others, repository()).join(kernel, BOTH);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            othersTurn = false;
        }
        note(kernel);
    }

    private void note(String tag) {
        byte[] manifest = registry.manifest(NAME, tag);
        if (manifest != null) {
            ever.put(FakeImage.digest(manifest), new String(manifest, StandardCharsets.UTF_8));
        }
    }

    private void protect(String kernel) {
        if (wanted.contains(kernel)) {
            protectTag(kernel);
            BOTH.forEach(architecture -> protectTag(kernel + "." + architecture.rpmName()));
        }
    }

    private void noteUnwanted(String kernel) {
        for (String tag : List.of(kernel, kernel + ".x86_64", kernel + ".aarch64")) {
            byte[] manifest = registry.manifest(NAME, tag);
            if (manifest != null) {
                unwanted.addAll(below(FakeImage.digest(manifest)));
            }
        }
    }

    private void protectTag(String tag) {
        byte[] manifest = registry.manifest(NAME, tag);
        if (manifest != null) {
            protectedTags.put(tag, FakeImage.digest(manifest));
        }
    }

    /** Tags that are not of the library's form, on images and on indexes of indexes that state odd media types. */
    private void foreign() {
        int count = random.nextInt(3);
        for (int i = 0; i < count; i++) {
            String target = any(new ArrayList<>(ever.keySet()));
            int depth = random.nextInt(8);
            for (int level = 0; level < depth; level++) {
                target = wrap("foreign-" + i, target);
            }
            registry.tag(NAME, "foreign-" + i, target);
            protectTag("foreign-" + i);
        }
    }

    private String wrap(String tag, String target) {
        List<String> types = List.of(
                "\"mediaType\":\"" + MediaType.OCI_INDEX + "\",",
                "\"mediaType\":\"" + MediaType.OCI_MANIFEST + "\",",
                "\"mediaType\":\"application/vnd.acme.odd\",",
                "\"mediaType\":null,",
                "");
        String index = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.OCI_INDEX + "\",\"manifests\":[{"
                + any(types) + "\"digest\":\"" + target + "\",\"size\":"
                + ever.get(target).length() + "}],\"annotations\":{\"n\":\"" + number++ + "\"}}";
        String digest = registry.put(NAME, tag, MediaType.OCI_INDEX, index);
        ever.put(digest, index);
        return digest;
    }

    private void attachments() {
        for (String image : List.copyOf(images)) {
            if (random.nextInt(4) == 0) {
                attach(image);
            }
        }
    }

    private void attach(String image) {
        FakeImage signature = new FakeImage().label("signs", image).label("number", Integer.toString(number++));
        String tag = image.replace(':', '-') + (random.nextBoolean() ? ".sig" : "");
        registry.push(NAME, tag, signature);
        ever.put(signature.digest(), new String(signature.manifest(), StandardCharsets.UTF_8));
        boolean stays =
                protectedTags.values().stream().anyMatch(digest -> below(digest).contains(image));
        if (stays) {
            protectTag(tag);
        }
    }

    private ScriptedReply atTags(ScriptedServer.Request request) {
        if (othersWork && !othersTurn && random.nextInt(3) == 0) {
            act();
        }
        return spoil(registry.list(request));
    }

    private ScriptedReply atDelete(ScriptedServer.Request request) {
        ScriptedReply reply =
                faults > 0 && random.nextInt(1000) < faults ? ScriptedReply.status(500) : registry.remove(request);
        if (othersWork && random.nextInt(4) == 0) {
            act();
        }
        return reply;
    }

    /** Something that others do. What they name from now on must stay. */
    private void act() {
        List<String> there = ever.keySet().stream()
                .filter(digest -> registry.manifest(NAME, digest) != null)
                .toList();
        String kernel = any(kernels);
        switch (random.nextInt(5)) {
            case 0 -> {
                registry.tag(NAME, "keep-" + number, any(there));
                protectTag("keep-" + number++);
            }
            case 1 -> {
                String digest = wrap("keep-" + number, any(there));
                protectedTags.put("keep-" + digest.substring(7, 15), digest);
            }
            case 2 -> {
                // A build for another range of releases: the kernel is wanted from now on.
                push(kernel, any(BOTH));
                join(kernel);
                wanted.add(kernel);
                protect(kernel);
            }
            case 3 -> {
                if (!wanted.contains(kernel) || protectedTags.isEmpty()) {
                    return;
                }
                push(kernel, any(BOTH));
                join(kernel);
                protect(kernel);
            }
            default -> attach(any(there));
        }
    }

    private ScriptedReply spoil(ScriptedReply reply) {
        return othersTurn ? reply : trouble.spoil(reply);
    }

    private <T> T any(List<T> list) {
        synchronized (random) {
            return list.get(random.nextInt(list.size()));
        }
    }

    @Override
    public void close() throws IOException {
        registry.close();
    }
}
