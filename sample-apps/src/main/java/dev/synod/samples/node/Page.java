package dev.synod.samples.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/**
 * The page's files, read once from the class path. They need no build and fetch nothing from
 * elsewhere.
 */
final class Page {

  /** Lets the page load its own files and talk to the nodes of this machine, and nothing else. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none';"
          + " connect-src 'self' ws://127.0.0.1:* ws://localhost:*";

  private final Map<String, HttpResponse> files = new LinkedHashMap<>();

  Page() {
    add("/", "index.html", ContentTypes.TEXT_HTML_UTF8);
    add("/page.js", "page.js", utf8(MediaTypes.APPLICATION_JAVASCRIPT));
    add("/page.css", "page.css", ContentTypes.create(MediaTypes.TEXT_CSS, HttpCharsets.UTF_8));
    add("/icon.svg", "icon.svg", MediaTypes.IMAGE_SVG_XML.toContentType());
  }

  Optional<HttpResponse> at(String path) {
    return Optional.ofNullable(files.get(path));
  }

  private void add(String path, String file, ContentType type) {
    files.put(
        path,
        HttpResponse.create()
            .withEntity(HttpEntities.create(type, bytes(file)))
            .addHeaders(
                List.of(
                    RawHeader.create("Content-Security-Policy", POLICY),
                    RawHeader.create("X-Content-Type-Options", "nosniff"),
                    RawHeader.create("Referrer-Policy", "no-referrer"),
                    RawHeader.create("Cache-Control", "no-cache"))));
  }

  private static byte[] bytes(String file) {
    try (var stream = Page.class.getResourceAsStream("/dev/synod/samples/page/" + file)) {
      if (stream == null) {
        throw new IllegalStateException("the page's file " + file + " is not on the class path");
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ContentType utf8(
      org.apache.pekko.http.javadsl.model.MediaType.WithOpenCharset type) {
    return ContentTypes.create(type, HttpCharsets.UTF_8);
  }
}
