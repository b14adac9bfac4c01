package io.jenkins.plugins.dtk.embedded;

import hudson.AbortException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Something that a pipeline describes by a call, such as {@code cron('H 4 * * *')}, for a step to make sense of.
 *
 * @param arguments by name; one without a name is under the empty name
 */
record Described(String symbol, Map<String, Object> arguments) {

    /** Credentials, parameters, what only Jenkins heeds, conditions of retry. */
    static final Set<String> SYMBOLS = Set.of(
            """
            string file usernamePassword usernameColonPassword
            parameters booleanParam choice text password
            pipelineTriggers cron pollSCM upstream buildDiscarder logRotator disableConcurrentBuilds disableResume
            durabilityHint rateLimitBuilds preserveStashes
            agent nonresumable"""
                    .split("\\s+"));

    static Described of(String symbol, StepCall call) throws AbortException {
        if (call.block() != null) {
            throw new AbortException(symbol + " takes no block");
        }
        Map<String, Object> arguments = new LinkedHashMap<>();
        if (call.named() != null) {
            arguments.putAll(call.named());
        } else if (!call.unnamed().isEmpty()) {
            arguments.put("", call.unnamed().get(0));
        }
        return new Described(symbol, arguments);
    }

    /** The argument without a name. */
    Object unnamed() {
        return arguments.get("");
    }

    /** An argument that must be a text and must be there. */
    String text(String name) throws AbortException {
        Object value = arguments.get(name);
        if (value instanceof CharSequence text && !text.isEmpty()) {
            return text.toString();
        }
        throw new AbortException(
                symbol + ": '" + name + "' " + (value == null ? "is missing" : "takes text, not '" + value + "'"));
    }
}
