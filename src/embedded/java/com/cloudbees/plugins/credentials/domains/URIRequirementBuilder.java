package com.cloudbees.plugins.credentials.domains;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Says by an address where credentials are to be used. */
public class URIRequirementBuilder {

    private final Map<String, DomainRequirement> requirements = new TreeMap<>();

    private URIRequirementBuilder() {}

    public static URIRequirementBuilder create() {
        return new URIRequirementBuilder();
    }

    /** Takes what an address tells; one that is null or malformed tells nothing. */
    public static URIRequirementBuilder fromUri(String uri) {
        return create().withUri(uri);
    }

    /** Takes what an address tells; one that is null or malformed tells nothing. */
    public URIRequirementBuilder withUri(String uri) {
        try {
            URI parsed = new URI(uri == null ? "" : uri);
            return withScheme(parsed.getScheme())
                    .withHostnamePort(parsed.getHost(), parsed.getPort())
                    .withPath(parsed.getRawPath());
        } catch (URISyntaxException e) {
            return this;
        }
    }

    public URIRequirementBuilder withScheme(String scheme) {
        return require("scheme", scheme);
    }

    public URIRequirementBuilder withPath(String path) {
        return require("path", path);
    }

    public URIRequirementBuilder withHostname(String hostname) {
        return require("host", hostname);
    }

    /** @param port -1 for the scheme's own */
    public URIRequirementBuilder withHostnamePort(String hostname, int port) {
        withHostname(hostname);
        return port < 0 || hostname == null ? this : require("port", hostname + ':' + port);
    }

    private URIRequirementBuilder require(String part, String value) {
        if (value == null || value.isEmpty()) {
            requirements.remove(part);
        } else {
            requirements.put(part, new UriPart(part, value));
        }
        return this;
    }

    public List<DomainRequirement> build() {
        return new ArrayList<>(requirements.values());
    }

    private static final class UriPart extends DomainRequirement {
        private static final long serialVersionUID = 1L;
        private final String part;
        private final String value;

        UriPart(String part, String value) {
            this.part = part;
            this.value = value;
        }

        @Override
        public String toString() {
            return part + '=' + value;
        }
    }
}
