package bespoke.supervisor.server;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.supervisor.config.Accounts;
import bespoke.supervisor.config.ConfigurationException;
import bespoke.supervisor.config.ConfigurationReader;
import bespoke.supervisor.config.ProcessConfig;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigDigestTest {
  private static final String FULL =
      """
      [supervisord]
      [program:x]
      command = /bin/true
      user = root
      directory = /
      umask = 022
      serverurl = unix:///s
      environment = A="b"
      stdout_logfile = /tmp/o
      nice = 3
      oom_score_adj = 4
      readiness = tcp://localhost:1
      health = exec:/bin/true
      require_all = svc:/site/db:default
      """;

  private static ProcessConfig read(String text) throws ConfigurationException {
    return new ConfigurationReader(Map.of(), "host", "/tmp", Accounts.system())
        .readText(text, Path.of("/c.conf"))
        .groups()
        .getFirst()
        .processes()
        .getFirst();
  }

  @Test
  void equalConfigurationsHaveEqualDigests() throws ConfigurationException {
    assertThat(ConfigDigest.of(read(FULL))).isEqualTo(ConfigDigest.of(read(FULL)));
  }

  /// Whoever adds a component to a record must add it to the digest: this finds out.
  @Test
  void everyComponentCounts() throws Exception {
    ProcessConfig config = read(FULL);
    String digest = ConfigDigest.of(config);

    for (Object other : variants(config)) {
      assertThat(ConfigDigest.of((ProcessConfig) other)).as(other.toString()).isNotEqualTo(digest);
    }
    assertThat(variants(config)).hasSizeGreaterThan(50);
  }

  /// The same value with one component changed, at every depth.
  private static List<Object> variants(Object value) throws ReflectiveOperationException {
    RecordComponent[] components = value.getClass().getRecordComponents();
    Object[] parts = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      parts[i] = components[i].getAccessor().invoke(value);
      types[i] = components[i].getType();
    }
    var constructor = value.getClass().getDeclaredConstructor(types);
    constructor.setAccessible(true);
    var variants = new ArrayList<Object>();
    for (int i = 0; i < components.length; i++) {
      Object original = parts[i];
      for (Object other : others(original)) {
        parts[i] = other;
        variants.add(constructor.newInstance(parts));
      }
      parts[i] = original;
    }
    return variants;
  }

  private static List<Object> others(Object value) throws ReflectiveOperationException {
    return switch (value) {
      case Boolean is -> List.of(!is);
      case Integer number -> List.of(number + 1);
      case Long number -> List.of(number + 1);
      case String text -> List.of(text + "x");
      case List<?> list -> List.of(list.isEmpty() ? List.of("x") : List.of());
      case Map<?, ?> map -> List.of(map.isEmpty() ? Map.of("x", "y") : Map.of());
      case Enum<?> constant ->
          List.of(constant.getDeclaringClass().getEnumConstants()[constant.ordinal() == 0 ? 1 : 0]);
      case Record record when record.getClass().getRecordComponents().length > 0 ->
          variants(record);
      default -> List.of();
    };
  }
}
