package io.jenkins.plugins.dtk.report;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.report.RunFacts.Image;
import io.jenkins.plugins.dtk.report.RunFacts.Index;
import io.jenkins.plugins.dtk.report.RunFacts.Kernel;
import java.io.StringWriter;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Runs in the XML that tools read as test results (jenkinsci/junit-plugin CaseResult.java: {@code failure}, {@code
 * error}, {@code skipped}). The cases of a library are in one class of its name, in which dots would make packages.
 */
final class JUnitReport {

    private final XMLStreamWriter xml;

    private JUnitReport(XMLStreamWriter xml) {
        this.xml = xml;
    }

    static String write(Map<String, RunFacts> runs) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuites");
            for (Map.Entry<String, RunFacts> run : runs.entrySet()) {
                new JUnitReport(xml).suite(run.getKey(), run.getValue());
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e); // it goes to memory, and what XML cannot hold is left out
        }
        return text.toString();
    }

    private void suite(String image, RunFacts facts) throws XMLStreamException {
        String name = image.substring(image.lastIndexOf('/') + 1).replace('.', '_');
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", image);
        for (Kernel kernel : facts.kernels()) {
            String nvr = kernel.kernel().kernel().toString();
            for (Map.Entry<Architecture, Image> one : kernel.images().entrySet()) {
                begin(name, nvr + "." + one.getKey().rpmName(), one.getValue().duration());
                end(one.getValue());
            }
            index(name, nvr, kernel);
        }
        xml.writeEndElement();
    }

    /** One that was there, and stayed so, is a case only where a list of packages could not be attached. */
    private void index(String className, String nvr, Kernel kernel) throws XMLStreamException {
        boolean isThere = kernel.index() == Index.PUBLISHED || kernel.index() == Index.THERE;
        boolean isWrong =
                kernel.index() == Index.FAILED || isThere && !kernel.reason().isEmpty();
        if (isWrong || kernel.index() == Index.PUBLISHED) {
            begin(className, nvr + " index", 0);
            if (isWrong) {
                said("failure", kernel.index().words(), kernel.reason());
            }
            xml.writeEndElement();
        }
    }

    private void begin(String className, String name, long millis) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", className);
        xml.writeAttribute("name", name);
        xml.writeAttribute("time", String.format(Locale.ROOT, "%.3f", millis / 1000.0));
    }

    private void end(Image image) throws XMLStreamException {
        switch (image.status()) {
            case THERE, BUILT -> {}
            case FAILED -> said("failure", image.words(), image.reason());
            case UNKNOWN -> said("error", image.words(), image.reason());
            default -> said("skipped", image.words(), image.reason());
        }
        xml.writeEndElement();
    }

    private void said(String element, String words, String reason) throws XMLStreamException {
        xml.writeEmptyElement(element);
        xml.writeAttribute("message", storable(reason.isEmpty() ? words : words + ": " + reason));
    }

    /** Without the characters that XML 1.0 cannot hold in any form. */
    private static String storable(String text) {
        return text.codePoints()
                .filter(c -> c == '\t' || c >= ' ' && c <= 0xd7ff || c >= 0xe000 && c <= 0xfffd || c >= 0x10000)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
