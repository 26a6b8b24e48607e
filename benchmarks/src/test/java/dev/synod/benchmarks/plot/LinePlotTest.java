package dev.synod.benchmarks.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.synod.benchmarks.plot.LinePlot.Point;
import java.io.StringReader;
import java.util.List;
import java.util.stream.DoubleStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

@DisplayName("A picture of lines")
class LinePlotTest {

  @Test
  @DisplayName("is XML with a line for each series, and its name as it is")
  void wellFormed() throws Exception {
    var plot =
        new LinePlot(
            "a < b",
            "x",
            "y & z",
            List.of(
                new Series("one", List.of(new Point(1, 10), new Point(64, 2_000))),
                new Series("<two>", List.of(new Point(1, 20)))));

    var picture =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(plot.toSvg())));

    assertThat(picture.getElementsByTagName("polyline").getLength()).isEqualTo(2);
    assertThat(picture.getElementsByTagName("circle").getLength()).isEqualTo(3);
    assertThat(picture.getDocumentElement().getTextContent()).contains("<two>", "a < b");
  }

  @Test
  @DisplayName("leaves out points that a logarithmic axis has no place for")
  void noPlaceForZero() {
    var plot =
        new LinePlot(
            "t", "x", "y", List.of(new Series("s", List.of(new Point(1, 0), new Point(2, 3)))));

    assertThat(plot.toSvg()).containsOnlyOnce("<circle").doesNotContain("NaN", "Infinity");
  }

  @Test
  @DisplayName("has an axis on which equal ratios are equally long, with round marks")
  void axis() {
    var axis = LogAxis.over(DoubleStream.of(1, 256), 0, 100);

    assertThat(axis.from()).isEqualTo(1);
    assertThat(axis.to()).isEqualTo(500);
    assertThat(axis.place(1)).isEqualTo(0);
    assertThat(axis.place(500)).isEqualTo(100, within(1e-9));
    assertThat(axis.place(20) - axis.place(2))
        .isEqualTo(axis.place(200) - axis.place(20), within(1e-9));
    assertThat(axis.marks()).containsExactly(1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0);
  }

  @Test
  @DisplayName("writes marks shortly")
  void labels() {
    assertThat(LogAxis.label(500)).isEqualTo("500");
    assertThat(LogAxis.label(20_000)).isEqualTo("20k");
    assertThat(LogAxis.label(1_000_000)).isEqualTo("1M");
  }
}
