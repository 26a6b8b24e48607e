package dev.synod.testkit.engine;

import com.typesafe.config.Config;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceConfigurator;
import org.apache.pekko.dispatch.ExecutorServiceFactory;

/** The executor of every dispatcher: no threads, all goes into the one queue of the simulation. */
public final class OneQueueExecutor extends ExecutorServiceConfigurator {

  private final Core core;

  /** Called by the actor system, by reflection. */
  public OneQueueExecutor(Config config, DispatcherPrerequisites prerequisites) {
    super(config, prerequisites);
    this.core = ((VirtualScheduler) prerequisites.scheduler()).core();
  }

  @Override
  public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
    return () -> service(core);
  }

  private static ExecutorService service(Core core) {
    return new Queued(core);
  }

  /**
   * One dispatcher's view of the queue. A dispatcher without actors shuts it down; others go on.
   */
  private static final class Queued extends AbstractExecutorService {

    private final Core core;
    private boolean isShutdown;

    Queued(Core core) {
      this.core = core;
    }

    @Override
    public void execute(Runnable task) {
      core.submit(task);
    }

    @Override
    public void shutdown() {
      isShutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
      isShutdown = true;
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return isShutdown;
    }

    @Override
    public boolean isTerminated() {
      return isShutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return isShutdown;
    }
  }
}
