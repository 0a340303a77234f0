package bespoke.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bespoke.api.Change;
import bespoke.control.Configuration.RefusedException;
import bespoke.control.EdgeEditing.Wish;
import bespoke.model.Entity;
import bespoke.model.Grouping;
import bespoke.model.Origin;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.RestartOn;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Edges edited in words, as property groups.
class EdgeEditingTest {
  private static final Origin FILE = new Origin.File("web.yaml", 3, 1);
  private static final Origin ANNA = new Origin.Administrator("anna", 0);

  /// A service that needs `db` and `net`, and one of two caches.
  private static final PropertyGroups SERVICE =
      PropertyGroups.of(
          List.of(
              group("requires", Grouping.REQUIRE_ALL, "svc:/db", "svc:/net"),
              group("caches", Grouping.REQUIRE_ANY, "svc:/red", "svc:/blue")));

  private static PropertyGroup group(String name, Grouping grouping, String... targets) {
    DependencyGroup group =
        DependencyGroup.of(name, grouping, RestartOn.NONE, entities(targets), FILE);
    return new PropertyGroup(name, PropertyGroup.DEPENDENCY, group.properties(), FILE);
  }

  private static List<Entity> entities(String... targets) {
    return Arrays.stream(targets).map(Entity::parse).toList();
  }

  private static Wish on(String... targets) {
    return new Wish("", Optional.empty(), Optional.empty(), entities(targets));
  }

  private static Wish of(String name) {
    return new Wish(name, Optional.empty(), Optional.empty(), List.of());
  }

  private static Wish optional(Wish wish) {
    return new Wish(
        wish.name(), Optional.of(Grouping.OPTIONAL_ALL), wish.restartOn(), wish.targets());
  }

  private static EdgeEditing service() {
    return new EdgeEditing(SERVICE, ANNA);
  }

  private static String text(EdgeEditing editing, String name) {
    DependencyGroup group = editing.groups().get(name);
    return group == null
        ? "none"
        : group.grouping() + "/" + group.restartOn() + " " + String.join(" ", group.entities());
  }

  @Test
  void aNewEdgeIsADependencyNamedAfterItsTarget() throws RefusedException {
    EdgeEditing editing = service();
    editing.add(on("svc:/site/log:default"));
    editing.add(on("svc:/other/log"));
    editing.add(on("file:///etc/web.conf"));
    assertThat(text(editing, "log")).isEqualTo("require_all/none svc:/site/log:default");
    assertThat(text(editing, "log-2")).isEqualTo("require_all/none svc:/other/log");
    assertThat(editing.groups())
        .hasEntrySatisfying("web-conf", group -> assertThat(group.isPath()).isTrue());
  }

  @Test
  void anEdgeThatIsThereIsRefusedWithItsPlace() {
    assertThatThrownBy(() -> service().add(on("svc:/db")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("in \"requires\" (web.yaml:3:1)")
        .hasMessageContaining("change it with setdep");
  }

  @Test
  void filesAndServicesDoNotMix() {
    assertThatThrownBy(() -> service().add(on("svc:/x", "file:///x")))
        .isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> service().add(on()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("name a service");
  }

  @Test
  void oneEdgeOfSeveralIsTakenOutToBeChangedAlone() throws RefusedException {
    EdgeEditing editing = service();
    editing.set(optional(on("svc:/db")));
    assertThat(text(editing, "requires")).isEqualTo("require_all/none svc:/net");
    assertThat(text(editing, "db")).isEqualTo("optional_all/none svc:/db");
  }

  @Test
  void oneOfSeveralAlternativesCannotBeChangedAlone() throws RefusedException {
    assertThatThrownBy(() -> service().set(optional(on("svc:/red"))))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("one of the alternatives of \"caches\"")
        .hasMessageContaining("setdep as caches");
    EdgeEditing editing = service();
    editing.set(optional(of("caches")));
    assertThat(text(editing, "caches")).isEqualTo("optional_all/none svc:/red svc:/blue");
  }

  @Test
  void anInstanceIsMeantByItsServiceAndTheOtherWayRound() throws RefusedException {
    EdgeEditing editing = service();
    editing.delete(on("svc:/db:default"));
    assertThat(text(editing, "requires")).isEqualTo("require_all/none svc:/net");
    editing.delete(on("svc:/net"));
    assertThat(text(editing, "requires")).isEqualTo("none");
  }

  @Test
  void whatIsNotThereIsRefusedWithWhatThereIs() {
    assertThatThrownBy(() -> service().delete(on("svc:/nosuch")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("requires (svc:/db svc:/net)");
    assertThatThrownBy(() -> service().delete(of("nosuch")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("there is no dependency \"nosuch\"");
  }

  private static List<String> changes(
      PropertyGroups own,
      PropertyGroups inherited,
      EdgeEditing editing,
      Map<String, DependencyGroup> before) {
    return GroupChanges.between(own, GroupChanges.own(own, inherited, before, editing.groups()))
        .stream()
        .map(EdgeEditingTest::text)
        .toList();
  }

  private static String text(Change change) {
    return change.kind()
        + " "
        + change.group()
        + (change.property().isEmpty() ? "" : "/" + change.property() + " " + change.values());
  }

  @Test
  void aServicesOwnGroupIsDeletedAndAnInheritedOneMasked() throws RefusedException {
    EdgeEditing editing = service();
    Map<String, DependencyGroup> before = editing.groups();
    editing.delete(of("requires"));
    assertThat(changes(SERVICE, PropertyGroups.EMPTY, editing, before))
        .containsExactly("delpg requires");
    assertThat(changes(PropertyGroups.EMPTY, SERVICE, editing, before))
        .containsExactly("addpg requires");
  }

  @Test
  void anInstanceOverridesOnlyWhatDiffers() throws RefusedException {
    EdgeEditing editing = service();
    Map<String, DependencyGroup> before = editing.groups();
    editing.set(optional(of("requires")));
    assertThat(changes(PropertyGroups.EMPTY, SERVICE, editing, before))
        .containsExactly("addpg requires", "setprop requires/grouping [optional_all]");
  }

  @Test
  void aMaskThatIsLiftedSaysEverything() throws RefusedException {
    PropertyGroups masking =
        PropertyGroups.of(
            List.of(PropertyGroup.of("requires", PropertyGroup.DEPENDENCY, List.of(), ANNA)));
    EdgeEditing editing = new EdgeEditing(SERVICE.overriddenBy(masking), ANNA);
    Map<String, DependencyGroup> before = editing.groups();
    editing.add(new Wish("requires", Optional.empty(), Optional.empty(), entities("svc:/x")));
    assertThat(changes(masking, SERVICE, editing, before))
        .containsExactly(
            "setprop requires/grouping [require_all]",
            "setprop requires/restart_on [none]",
            "setprop requires/type [service]",
            "setprop requires/entities [svc:/x]");
  }
}
