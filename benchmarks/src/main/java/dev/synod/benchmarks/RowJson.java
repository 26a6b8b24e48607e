package dev.synod.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Rows as JSON: an array of flat objects, one a line. What can't be told is null. Reads what it
 * writes, and rows of earlier forms, which had fewer fields; it is no parser for JSON at large.
 */
final class RowJson {

  private static final Pattern OBJECT = Pattern.compile("\\{[^{}]*\\}");
  private static final Pattern FIELD =
      Pattern.compile("\"(\\w+)\"\\s*:\\s*(?:\"([^\"]*)\"|([-+.\\w]+))");

  private RowJson() {}

  static void write(Path file, List<Row> rows) throws IOException {
    Files.writeString(
        file,
        rows.stream().map(RowJson::format).collect(Collectors.joining(",\n", "[\n", "\n]\n")));
  }

  static List<Row> read(Path file) throws IOException {
    return OBJECT
        .matcher(Files.readString(file))
        .results()
        .map(object -> parse(object.group()))
        .toList();
  }

  static String format(Row row) {
    var costs = row.costs();
    return String.format(
        Locale.ROOT,
        "{\"system\":\"%s\",\"layout\":\"%s\",\"workload\":\"%s\",\"replicas\":%d,\"groups\":%d,"
            + "\"outstanding\":%d,\"bytes\":%d,\"opsPerSecond\":%.1f,\"p50Micros\":%.1f,"
            + "\"p99Micros\":%.1f,\"cpuMicrosPerOp\":%s,\"diskBytesPerOp\":%s,"
            + "\"wireBytesPerOp\":%s,\"allocatedBytesPerOp\":%s,\"forcesPerOp\":%s,"
            + "\"peakMegabytes\":%s,\"failures\":%d,\"turn\":%d}",
        row.system(),
        row.layout(),
        row.workload(),
        row.replicas(),
        row.groups(),
        row.outstanding(),
        row.bytes(),
        row.opsPerSecond(),
        row.p50Micros(),
        row.p99Micros(),
        number(costs.cpuMicros()),
        number(costs.diskBytes()),
        number(costs.wireBytes()),
        number(costs.allocatedBytes()),
        number(costs.forces()),
        number(costs.peakMegabytes()),
        row.failures(),
        row.turn());
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "null" : String.format(Locale.ROOT, "%.4f", value);
  }

  static Row parse(String object) {
    Map<String, String> fields =
        FIELD
            .matcher(object)
            .results()
            .collect(
                Collectors.toMap(
                    field -> field.group(1),
                    field -> field.group(2) == null ? field.group(3) : field.group(2)));
    var costs =
        new Costs(
            number(fields, "cpuMicrosPerOp"),
            number(fields, "diskBytesPerOp"),
            number(fields, "wireBytesPerOp"),
            number(fields, "allocatedBytesPerOp"),
            number(fields, "forcesPerOp"),
            number(fields, "peakMegabytes"));
    return new Row(
        text(fields, "system"),
        text(fields, "layout"),
        text(fields, "workload"),
        (int) count(fields, "replicas", 3),
        (int) count(fields, "groups", 1),
        (int) count(fields, "outstanding", 1),
        (int) count(fields, "bytes", 0),
        number(fields, "opsPerSecond"),
        number(fields, "p50Micros"),
        number(fields, "p99Micros"),
        costs,
        count(fields, "failures", 0),
        (int) count(fields, "turn", 1));
  }

  private static String text(Map<String, String> fields, String name) {
    var value = fields.get(name);
    if (value == null) {
      throw new IllegalArgumentException("a row without " + name + ": " + fields);
    }
    return value;
  }

  private static double number(Map<String, String> fields, String name) {
    var value = fields.getOrDefault(name, "null");
    return value.equals("null") ? Double.NaN : Double.parseDouble(value);
  }

  private static long count(Map<String, String> fields, String name, long otherwise) {
    return Long.parseLong(fields.getOrDefault(name, String.valueOf(otherwise)));
  }
}
