package dev.synod.actors.watch;

import dev.synod.actors.AppliedCommand;
import dev.synod.actors.From;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.SourceShape;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;

/** A watch as a stream: each run of it is a {@link Watcher} of its own. */
public final class WatchSource<C> extends GraphStage<SourceShape<AppliedCommand<C>>> {

  private final Outlet<AppliedCommand<C>> out = Outlet.create("watch.out");
  private final SourceShape<AppliedCommand<C>> shape = SourceShape.of(out);
  private final WatchSetup setup;
  private final From from;

  public WatchSource(WatchSetup setup, From from) {
    this.setup = setup;
    this.from = from;
  }

  @Override
  public SourceShape<AppliedCommand<C>> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Watcher<>(shape, setup, from);
  }
}
