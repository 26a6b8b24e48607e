package dev.synod.log;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The log's settings")
class LogSettingsTest {

  @Test
  @DisplayName("that contradict each other are refused with both names and both values")
  void contradictionsAreRefused() {
    assertThatThrownBy(
            () -> new LogSettings(8192, 8192, 4096, 16, 0, 256, 8192, 0, 1024, 50, 1, 1024, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("entry-bytes-max (8192)", "segment-bytes (8192)");
    assertThatThrownBy(
            () -> new LogSettings(8192, 4096, 1024, 16, 0, 1000, 8192, 0, 1024, 50, 1, 1024, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("batch-bytes-max (1024)", "copied-bytes-max 1000");
  }

  @Test
  @DisplayName("out of their range are refused with name, value and bound")
  void valuesOutOfRangeAreRefused() {
    assertThatThrownBy(
            () -> new LogSettings(8192, 4096, 1024, 0, 0, 256, 8192, 0, 1024, 50, 1, 1024, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("synod.log: batch-records-max (0) must be at least 1");
  }
}
