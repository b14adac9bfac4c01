package io.jenkins.plugins.dtk.report;

import io.jenkins.plugins.dtk.driver.PublishedFit.FitAnswer;
import io.jenkins.plugins.dtk.kmod.FitCheck.Misfit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which kernels modules fit, for programs. */
final class FitJson {

    private FitJson() {}

    /**
     * Plain maps and lists, for JSON. Keys: {@code kernels}, each with {@code kernel} as {@code uname -r} prints it, {@code arch},
     * {@code flavour} (empty, {@code +rt} or {@code +64k}), {@code releases}, {@code answer} ({@code fits},
     * {@code misfit}, {@code unknown}), {@code toolkit}, {@code why} and {@code misfits}, each of these with
     * {@code module}, {@code kind}, {@code reason}, {@code count} and {@code symbols}.
     */
    static Map<String, Object> toMap(List<FitAnswer> answers) {
        List<Object> kernels = new ArrayList<>();
        answers.forEach(answer -> kernels.add(toMap(answer)));
        return Map.of("kernels", kernels);
    }

    private static Map<String, Object> toMap(FitAnswer answer) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("kernel", answer.target().uname());
        map.put("arch", answer.target().architecture().rpmName());
        map.put("flavour", answer.target().flavour().suffix());
        map.put("releases", answer.releases());
        map.put("answer", answer.answer().name().toLowerCase(Locale.ROOT));
        map.put("toolkit", answer.toolkit());
        map.put("why", answer.why());
        map.put("misfits", answer.misfits().stream().map(FitJson::toMap).toList());
        return map;
    }

    private static Map<String, Object> toMap(Misfit misfit) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("module", misfit.module());
        map.put("kind", misfit.kind().name().toLowerCase(Locale.ROOT));
        map.put("reason", misfit.reason());
        map.put("count", misfit.count());
        map.put("symbols", misfit.symbols());
        return map;
    }
}
