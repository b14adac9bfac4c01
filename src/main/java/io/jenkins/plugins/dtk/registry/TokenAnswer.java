package io.jenkins.plugins.dtk.registry;

import io.jenkins.plugins.dtk.http.Response;
import io.jenkins.plugins.dtk.json.JsonCursor;
import java.io.IOException;

/** What a token service says (distribution docs/content/spec/auth/token.md, oauth.md). */
final class TokenAnswer {

    private String token;
    private String accessToken;
    private long life = -1;

    private TokenAnswer() {}

    static TokenAnswer parse(JsonCursor root) throws IOException {
        TokenAnswer answer = new TokenAnswer();
        root.fields((name, value) -> {
            switch (name) {
                case "token" -> answer.token = value.text();
                case "access_token" -> answer.accessToken = value.text();
                case "expires_in" -> answer.life = seconds(value);
                default -> {}
            }
        });
        return answer;
    }

    /** Some services write the number as text. */
    private static long seconds(JsonCursor value) throws IOException {
        return value.isText() ? Response.seconds(value.text()) : value.wholeNumber(-1);
    }

    /** Null for none. */
    String token() {
        return token == null || token.isEmpty() ? accessToken : token;
    }

    /** In seconds. */
    long life(long otherwise) {
        return life < 0 ? otherwise : life;
    }
}
