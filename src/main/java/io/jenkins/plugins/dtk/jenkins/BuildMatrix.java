package io.jenkins.plugins.dtk.jenkins;

import io.jenkins.plugins.dtk.driver.DriverMatrix;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.matrix.MatrixJson;
import java.util.Map;

/**
 * The matrix that {@code dtkBuild} is given.
 *
 * @param kernels all that it holds
 * @param driver the matrix of a driver; null where it is that of toolkits
 */
record BuildMatrix(KernelMatrix kernels, DriverMatrix driver) {

    /**
     * Reads what a pipeline gives.
     *
     * @param given what {@code dtkMatrix} returned, or the same as JSON
     * @throws IllegalArgumentException when it is neither; one line
     */
    static BuildMatrix of(Object given) {
        if (given instanceof Map<?, ?> map) {
            return DriverMatrix.isMap(map) ? of(DriverMatrix.fromMap(map)) : of(MatrixJson.fromMap(map));
        }
        if (given instanceof CharSequence json) {
            return parse(json.toString());
        }
        throw new IllegalArgumentException("'matrix' is missing or no map; pass what dtkMatrix returns");
    }

    private static BuildMatrix parse(String json) {
        DriverMatrix driver = DriverMatrix.find(json);
        if (driver != null) {
            return of(driver);
        }
        if (json.strip().matches("[A-Za-z_]\\w*")) {
            throw new IllegalArgumentException("'matrix' is the text '" + json
                    + "'; for the variable of this name, leave out the quotes in the script: matrix: " + json);
        }
        return of(MatrixJson.parse(json));
    }

    private static BuildMatrix of(DriverMatrix driver) {
        return new BuildMatrix(driver.kernels(), driver);
    }

    private static BuildMatrix of(KernelMatrix toolkits) {
        return new BuildMatrix(toolkits, null);
    }

    boolean isOfDriver() {
        return driver != null;
    }
}
