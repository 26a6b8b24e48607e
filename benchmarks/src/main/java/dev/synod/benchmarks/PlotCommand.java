package dev.synod.benchmarks;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code ./synod bench plot}. */
@Command(
    name = "plot",
    mixinStandardHelpOptions = true,
    description = "Draws the medians of rows that were written with --json, as SVG.")
final class PlotCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "of rows")
  private Path file = Path.of("");

  @Option(names = "--to", description = "folder of the pictures (default: ${DEFAULT-VALUE})")
  private Path folder = Path.of("plots");

  @Override
  public Integer call() throws Exception {
    Plots.draw(Medians.of(RowJson.read(file)), folder).forEach(System.out::println);
    return 0;
  }
}
