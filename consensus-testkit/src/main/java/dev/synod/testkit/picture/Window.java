package dev.synod.testkit.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The last part of a recording, which is drawn in full. */
final class Window {

  final long from;
  final long end;
  final List<Flight> flights;
  final List<Moment> moments;
  final List<Span> spans;
  final List<Band> bands;
  final Recording recording;

  Window(Recording recording, long windowMax, int messagesMax) {
    this.recording = recording;
    this.end = recording.end();
    var all = recording.flights();
    int first = Math.max(0, all.size() - messagesMax);
    long earliest = first == 0 ? 0 : all.get(first).sentAt;
    this.from = Math.max(Math.max(0, earliest), end - windowMax);
    this.flights = all.stream().filter(flight -> flight.sentAt >= from).toList();
    this.moments = recording.moments().stream().filter(moment -> moment.at() >= from).toList();
    this.spans = recording.spans().stream().filter(span -> span.to() >= from).toList();
    this.bands = recording.bands().stream().filter(band -> band.to() >= from).toList();
  }

  /** All at which something begins, ends or happens, and both ends of the window. */
  List<Long> times() {
    var times = new ArrayList<Long>(List.of(from, end));
    flights.forEach(
        flight ->
            Stream.of(flight.sentAt, flight.arrivedAt(), flight.arrivedAgainAt(), flight.lostAt())
                .filter(Objects::nonNull)
                .forEach(times::add));
    moments.forEach(moment -> times.add(moment.at()));
    spans.forEach(span -> times.add(span.from()));
    bands.forEach(band -> times.addAll(List.of(band.from(), band.to())));
    times.removeIf(time -> time < from || time > end);
    return times;
  }

  /** Those at which something happens that has a text of its own. */
  Set<Long> wideTimes() {
    return moments.stream()
        .filter(moment -> Marks.isHeavy(moment.change()))
        .map(Moment::at)
        .collect(Collectors.toSet());
  }
}
