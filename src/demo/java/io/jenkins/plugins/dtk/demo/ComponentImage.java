package io.jenkins.plugins.dtk.demo;

import io.jenkins.plugins.dtk.kernel.Architecture;

/** An image that payloads refer to, for one architecture. Equal descriptions give the same image. */
interface ComponentImage {

    Architecture architecture();

    Image build();
}
