package dev.synod.testkit;

import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Makes a test of each seed of a {@link SimulationTest}. */
final class SimulationExtension implements TestTemplateInvocationContextProvider {

  /** The system property that names the only seed to run. */
  static final String SEED = "synod.seed";

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return annotation(context) != null;
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    var test = annotation(context);
    var only = System.getProperty(SEED);
    var seeds =
        only != null
            ? LongStream.of(Long.parseLong(only))
            : LongStream.range(test.from(), test.from() + test.seeds());
    return seeds.mapToObj(seed -> new OneSeed(seed, test));
  }

  private static SimulationTest annotation(ExtensionContext context) {
    return AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), SimulationTest.class)
        .orElseThrow();
  }

  private record OneSeed(long seed, SimulationTest test) implements TestTemplateInvocationContext {

    @Override
    public String getDisplayName(int invocation) {
      return "seed " + seed;
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(new Running(new Simulation(seed, test.nodes(), test.profile())));
    }
  }

  private static final class Running implements ParameterResolver, InvocationInterceptor {

    private final Simulation simulation;

    Running(Simulation simulation) {
      this.simulation = simulation;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Simulation.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return simulation;
    }

    @Override
    public void interceptTestTemplateMethod(
        Invocation<Void> invocation,
        ReflectiveInvocationContext<Method> method,
        ExtensionContext context)
        throws Throwable {
      try {
        invocation.proceed();
        simulation.check();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(explain(e, context), e);
      }
    }

    private String explain(Throwable failure, ExtensionContext context) {
      return new FailureText(
              simulation,
              context.getRequiredTestClass().getSimpleName(),
              context.getRequiredTestMethod().getName(),
              Provenance.reports())
          .of(failure);
    }
  }
}
