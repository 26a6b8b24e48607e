package dev.synod.log;

import java.io.IOException;

/** The log, or one group of it, can't be opened or used; the failure says why and what to do. */
public final class LogException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient LogFailure failure;

  public LogException(LogFailure failure) {
    super(failure.message());
    this.failure = failure;
  }

  public LogException(LogFailure.Kind kind, String message) {
    this(new LogFailure(kind, message));
  }

  /** The device failed while doing that. */
  public LogException(String doing, IOException cause) {
    super(doing + ": " + cause.getMessage(), cause);
    this.failure = LogFailure.of(doing, cause);
  }

  public LogFailure failure() {
    return failure;
  }
}
