package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.json.JsonDocument;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.text.Quote;
import java.io.IOException;
import java.io.InputStream;

/**
 * A JSON file in which an image says what it holds. The last step of its build writes it, and so it is in the top layer.
 *
 * @param path without a slash at its start
 * @param layerBytes how much of a layer is looked through
 * @param content what it says
 */
record StatedFile<T>(String path, long layerBytes, JsonDocument.Content<T> content) {

    /** It is in the top layer; the others allow for layers a user put on top. */
    private static final int LAYERS = 4;

    /**
     * What an image says.
     *
     * @param architecture which image of an index
     * @throws Failure when the registry could not be asked, has no such image, or that has no such file; one line
     */
    T of(ImageReader images, ImageReference image, Architecture architecture) throws Failure, InterruptedException {
        return images.file(
                        image,
                        images.manifest(image, architecture),
                        path,
                        LAYERS,
                        layerBytes,
                        file -> parse(file, image))
                .orElseThrow(() -> new Failure(Failure.Kind.INVALID, image + " has no " + path + " in its top layers"));
    }

    T parse(InputStream file, ImageReference image) throws IOException {
        try {
            return JsonDocument.named("it").parse(file, content);
        } catch (IllegalArgumentException e) {
            throw failed(image, new Failure(Failure.Kind.INVALID, Quote.shorten(e.getMessage()), e));
        } catch (Failure e) {
            throw failed(image, e);
        }
    }

    private Failure failed(ImageReference image, Failure failure) {
        return failure.kind() == Failure.Kind.INVALID ? failure.during("read " + path + " of " + image) : failure;
    }
}
