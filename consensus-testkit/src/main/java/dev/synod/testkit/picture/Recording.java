package dev.synod.testkit.picture;

import java.util.List;
import java.util.Map;

/**
 * What a recorder has kept.
 *
 * @param nodesOfStores who is meant by a store's identity
 * @param messages how many there were, kept or not
 * @param end the virtual time of the last event, in nanoseconds
 */
record Recording(
    List<String> nodes,
    List<Flight> flights,
    List<Moment> moments,
    List<Span> spans,
    List<Band> bands,
    Map<String, String> nodesOfStores,
    long messages,
    long end) {}
