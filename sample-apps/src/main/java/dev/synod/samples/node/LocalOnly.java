package dev.synod.samples.node;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.headers.Host;

/**
 * Keeps other web sites, open in the same browser, away from the nodes: a foreign name that was
 * pointed at this machine is refused by its Host, a foreign page by its Origin.
 */
final class LocalOnly {

  private static final Set<String> HOSTS = Set.of(NodeSettings.LOOPBACK, "localhost");

  private final Set<String> origins;

  LocalOnly(NodeSettings settings) {
    origins =
        settings.nodes().stream()
            .flatMap(place -> HOSTS.stream().map(host -> "http://" + host + ":" + place.webPort()))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Why the request is refused, in a sentence; empty if it is welcome. */
  Optional<String> objection(HttpRequest request) {
    var host = request.getHeader(Host.class).map(header -> header.host().address());
    if (host.isEmpty() || !HOSTS.contains(host.get())) {
      return Optional.of("This node answers as " + NodeSettings.LOOPBACK + " or localhost only.");
    }
    var origin = request.getHeader("Origin").map(header -> header.value());
    if (origin.isPresent() && !origins.contains(origin.get())) {
      return Optional.of("Pages of other sites may not use this node.");
    }
    boolean isJson =
        request.entity().getContentType().mediaType().equals(MediaTypes.APPLICATION_JSON);
    if (request.method().equals(HttpMethods.POST) && !isJson) {
      return Optional.of("A POST needs the header Content-Type: application/json.");
    }
    return Optional.empty();
  }
}
