package bespoke.manifest.smf;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.manifest.Fidelity;
import bespoke.manifest.Formats;
import bespoke.manifest.ImportMark;
import bespoke.manifest.ImportNote;
import bespoke.manifest.ManifestFile;
import bespoke.manifest.SourceFile;
import bespoke.model.PropertyGroups;
import bespoke.model.PropertyType;
import bespoke.model.ServiceDescription;
import bespoke.model.definition.SolarisPrivileges;
import bespoke.model.schedule.CalendarText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmfFormatTest {

  private final SmfFormat format = new SmfFormat(path -> path.startsWith("/bin/"));

  private static SourceFile file(String name, String text, boolean companion) {
    return new SourceFile(name, text.getBytes(StandardCharsets.UTF_8), "", companion);
  }

  private static String bundle(String type, String inside) {
    return "<service_bundle type='" + type + "' name='x'>" + inside + "</service_bundle>";
  }

  private static String service(String inside) {
    return bundle(
        "manifest", "<service name='a' type='service' version='1'>" + inside + "</service>");
  }

  private ManifestFile read(String text) {
    return format.read(List.of(file("x.xml", text, false))).getFirst();
  }

  private ServiceDescription described(String inside) {
    ManifestFile read = read(service(inside));
    assertThat(read.problems()).isEmpty();
    return read.services().getFirst();
  }

  private static List<String> values(PropertyGroups groups, String group, String property) {
    return groups.property(group, property).orElseThrow().values();
  }

  private List<String> notes(String inside, Fidelity fidelity) {
    return read(service(inside)).notes().stream()
        .filter(note -> note.fidelity() == fidelity)
        .map(note -> note.construct() + ": " + note.text())
        .toList();
  }

  private static String credential(String privileges) {
    return "<method_context><method_credential user='u' privileges='"
        + privileges
        + "'/></method_context>";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          basic | []
          basic,net_privaddr | [net_bind_service]
          basic,!proc_info,PRIV_PROC_SETID | [setgid, setuid]
          basic,proc_owner,-proc_owner | []
          file_dac_read,file_dac_write | [dac_override, dac_read_search]
          """)
  void privilegesBecomeCapabilities(String privileges, String capabilities) {
    ServiceDescription service = described(credential(privileges));
    assertThat(values(service.groups(), "method_context", "capabilities"))
        .hasToString(capabilities);
    assertThat(values(service.groups(), "method_context", "privileges"))
        .containsExactly(privileges);
  }

  @Test
  void theDefaultPrivilegesLeaveCapabilitiesAsTheyAre() {
    for (String text : List.of(":default", "default")) {
      ServiceDescription service = described(credential(text));
      assertThat(service.groups().property("method_context", "capabilities")).isEmpty();
    }
  }

  @Test
  void aPrivilegeForOneObjectIsNoCapabilityButAPortIs() {
    String text = "basic,{zone}:/run/Web,{file_read,file_write}:/srv/x,{net_privaddr}:80/tcp";
    ManifestFile file = read(service(credential(text)));
    assertThat(file.notes())
        .extracting(note -> note.fidelity() + " " + note.text())
        .contains(
            "APPROXIMATED capabilities [net_bind_service]",
            "DROPPED {zone}:/run/Web: capabilities are for everything, never for one object",
            "DROPPED {file_read,file_write}:/srv/x: capabilities are for everything, never for one"
                + " object",
            "DROPPED {net_privaddr}:80/tcp: net_bind_service opens every port below 1024");
  }

  @Test
  void aDependentThatClashesWithAnotherServicesIsDroppedAndReported() {
    String dependent =
        "<dependent name='d' grouping='optional_all' restart_on='none'>"
            + "<service_fmri value='svc:/t'/></dependent>";
    String one = "<service name='a' type='service' version='1'>" + dependent + "</service>";
    String text = bundle("manifest", one + one.replace("'a'", "'b'"));
    List<ManifestFile> read =
        Formats.OWN.read(
            List.of(new SourceFile("x.xml", text.getBytes(StandardCharsets.UTF_8))), "");
    assertThat(read.getFirst().problems()).isEmpty();
    assertThat(read.getFirst().services())
        .extracting(service -> service.dependents().size())
        .containsExactly(1, 0);
    assertThat(read.getFirst().notes().getLast().toString())
        .contains(
            "dropped: <dependent d>: svc:/t has a dependency of that name already, at x.xml:");
  }

  @Test
  void everyPrivilegeWithoutATwinHasItsLine() {
    assertThat(notes(credential("basic,!proc_exec,sys_smb,magic,net_rawaccess"), Fidelity.DROPPED))
        .containsExactly(
            "<method_credential privileges=>: proc_exec cannot be taken from a process of Linux",
            "<method_credential privileges=>: sys_smb has no twin among the capabilities",
            "<method_credential privileges=>: magic is no privilege of Solaris");
    assertThat(SolarisPrivileges.TWINS.keySet())
        .doesNotContainAnyElementsOf(SolarisPrivileges.BASIC);
    assertThat(SolarisPrivileges.TWINS.values().stream().flatMap(List::stream))
        .allMatch(bespoke.model.definition.LinuxNames.CAPABILITIES::contains);
  }

  @Test
  void aProgramThatIsNotHereIsKeptAndNamed() {
    String methods =
        "<exec_method name='start' type='method' exec='/lib/svc/method/x start'"
            + " timeout_seconds='1'/><exec_method name='stop' type='method' exec='/bin/x stop'"
            + " timeout_seconds='1'/><exec_method name='refresh' type='method' exec=':true'"
            + " timeout_seconds='1'/>";
    assertThat(notes(methods, Fidelity.APPROXIMATED))
        .containsExactly("<exec_method start>: kept; /lib/svc/method/x is not on this machine");
    assertThat(values(described(methods).groups(), "start", "exec"))
        .containsExactly("/lib/svc/method/x start");
  }

  @Test
  void whatIsDeletedOrForcedIsMarked() {
    ManifestFile read =
        read(
            service(
                "<dependency name='d' grouping='require_all' restart_on='none' type='service'"
                    + " delete='true'/><dependent name='t' grouping='require_all' restart_on='none'"
                    + " override='true'><service_fmri value='svc:/b'/></dependent><property_group"
                    + " name='p' type='q' delete='true'/><property_group name='r' type='q'><propval"
                    + " name='x' type='count' value='1' override='true'/></property_group>"));
    assertThat(read.problems()).isEmpty();
    assertThat(read.marks())
        .extracting(
            mark -> mark.kind() + " " + mark.entity() + " " + mark.group() + "/" + mark.property())
        .containsExactly(
            ImportMark.Kind.DELETE + " svc:/a d/",
            ImportMark.Kind.OVERRIDE + " svc:/b t/",
            ImportMark.Kind.DELETE + " svc:/a p/",
            ImportMark.Kind.OVERRIDE + " svc:/a r/x");
    assertThat(read.services().getFirst().groups().byName()).containsOnlyKeys("r");
  }

  @Test
  void aTypeThatIsNotSaidComesFromTheTemplate() {
    ServiceDescription service =
        described(
            "<property_group name='p' type='q'><propval name='x' value='1'/></property_group>"
                + "<template><common_name><loctext xml:lang='C'>n</loctext></common_name>"
                + "<pg_pattern name='p' type='q'><prop_pattern name='x' type='count'/></pg_pattern>"
                + "</template>");
    assertThat(service.groups().property("p", "x").orElseThrow().type())
        .isEqualTo(PropertyType.COUNT);
  }

  @Test
  void everyLocaleIsKept() {
    ServiceDescription service =
        described(
            "<template><common_name><loctext xml:lang='C'>web</loctext>"
                + "<loctext xml:lang='de'>Netz</loctext></common_name></template>");
    assertThat(service.groups().single("tm_common_name", "C")).contains("web");
    assertThat(service.groups().single("tm_common_name", "de")).contains("Netz");
    assertThat(read(service("<template/>")).isLossy()).isFalse();
  }

  @Test
  void nothingUnknownIsLeftOutWithoutALine() {
    String inside =
        "<frobnicate/><instance name='i' enabled='true' complete='true' colour='red'>"
            + "<create_default_instance enabled='true'/></instance>"
            + "<property_group name='restarter' type='framework'/>"
            + "<periodic_method period='60' exec='/x' timeout_seconds='1'/>"
            + "<scheduled_method interval='day' exec='/x' timeout_seconds='1'/>";
    assertThat(notes(inside, Fidelity.DROPPED))
        .containsExactly(
            "<frobnicate>: the DTD has no such element",
            "<instance complete=>: whether a description is whole is found out by reading it",
            "<instance colour=>: the DTD has no such attribute",
            "<create_default_instance>: it means nothing inside of <instance>",
            "<property_group restarter>: this property group is the daemon's own",
            "<scheduled_method>: an instance has one start method; describe this one as another"
                + " instance");
  }

  @Test
  void aPeriodicMethodBecomesAStartMethodAndItsTimes() {
    PropertyGroups groups =
        described(
                "<periodic_method period='60' delay='5' recover='true' exec='/bin/x'"
                    + " timeout_seconds='1'/>")
            .groups();
    assertThat(groups.single("general", "restarter"))
        .contains("svc:/system/svc/periodic-restarter:default");
    assertThat(groups.single("start", "exec")).contains("/bin/x");
    assertThat(groups.single("periodic", "period_seconds")).contains("60");
    assertThat(groups.single("periodic", "delay_seconds")).contains("5");
    assertThat(groups.single("periodic", "persistent")).contains("true");
    assertThat(read(service("<periodic_method period='0' exec='/x' timeout_seconds='1'/>")))
        .matches(file -> !file.isClean());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          interval='minute' frequency='15' | *:0/15:00
          interval='hour' minute='7' | *:07:00
          interval='day' hour='3' minute='15' | *-*-* 03:15:00
          interval='week' day='Sunday' hour='0' minute='0' | Sun *-*-* 00:00:00
          interval='month' day_of_month='1' hour='2' minute='30' | *-*-01 02:30:00
          interval='year' month='July' day_of_month='4' hour='9' minute='0' | *-07-04 09:00:00
          """)
  void aScheduledMethodBecomesACalendarEvent(String attributes, String event) throws Exception {
    ServiceDescription service =
        described("<scheduled_method " + attributes + " exec='/bin/x' timeout_seconds='1'/>");
    assertThat(service.groups().single("scheduled", "calendar")).contains(event);
    assertThat(CalendarText.read(event, Optional.empty())).isNotNull();
  }

  @Test
  void aScheduleThatNoCalendarEventSaysIsDroppedWithALine() {
    String weeks =
        "<scheduled_method interval='week' frequency='2' day='Mon' exec='/x' timeout_seconds='1'/>";
    assertThat(notes(weeks, Fidelity.DROPPED))
        .containsExactly(
            "<scheduled_method>: no calendar event says this; write scheduled: {calendar: …} in"
                + " YAML");
  }

  private static String inetd(String properties) {
    StringBuilder group =
        new StringBuilder(
            "<create_default_instance enabled='false'/><restarter><service_fmri"
                + " value='svc:/network/inetd:default'/></restarter><exec_method"
                + " name='inetd_start' type='method' exec='/bin/x' timeout_seconds='0'/>"
                + "<property_group name='inetd' type='framework'>");
    for (String property : properties.split(",")) {
      String[] parts = property.split("=");
      group.append("<propval name='" + parts[0] + "' type='astring' value='" + parts[1] + "'/>");
    }
    return group + "</property_group>";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name=quote,endpoint_type=stream,proto=tcp6,wait=false | tcp://*:17 | true
          name=quote,endpoint_type=stream,proto=tcp,wait=true | tcp://0.0.0.0:17 | false
          name=quote,endpoint_type=dgram,proto=udp6,wait=true | udp://*:17 | false
          name=7,endpoint_type=stream,proto=tcp6,wait=false,bind_addr=::1 | tcp://[::1]:7 | true
          """)
  void anInstanceOfInetdIsToldWhereToListen(String properties, String listen, String accept) {
    SmfFormat known = new SmfFormat(_ -> true, (_, _) -> Optional.of(17));
    ManifestFile read =
        known.read(List.of(file("x.xml", service(inetd(properties)), false))).getFirst();
    assertThat(read.problems()).isEmpty();
    PropertyGroups instance = read.services().getFirst().instances().getFirst().groups();
    assertThat(values(instance, "inetd", "listen")).containsExactly(listen);
    assertThat(instance.single("inetd", "accept")).contains(accept);
    assertThat(read.services().getFirst().groups().single("start", "exec")).contains("/bin/x");
    assertThat(read.isLossy()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name=nobody,endpoint_type=stream,proto=tcp | /etc/services
          name=rquotad,endpoint_type=tli,proto=datagram_v | tli
          name=rquotad,endpoint_type=stream,isrpc=true | rpcbind
          """)
  void whatCannotListenIsKeptWithALine(String properties, String reason) {
    assertThat(notes(inetd(properties), Fidelity.DROPPED))
        .singleElement()
        .asString()
        .startsWith("<property_group inetd>: kept, but it never listens: ")
        .contains(reason);
  }

  @Test
  void portsAreThoseOfServices(@TempDir Path directory) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("services"), "qotd\t17/tcp\tquote # ten\nqotd 18/udp\nbad\n");
    ServicePorts ports = ServicePorts.in(file);
    assertThat(ports.port("quote", "tcp")).contains(17);
    assertThat(ports.port("qotd", "udp")).contains(18);
    assertThat(ports.port("quote", "udp")).isEmpty();
    assertThat(ServicePorts.in(directory.resolve("none")).port("qotd", "tcp")).isEmpty();
  }

  @Test
  void anEventOfNotificationsIsAnElementOfItsOwn() {
    PropertyGroups groups =
        described(
                "<notification_parameters><event value='a-b, c-d'/><type name='smtp'/>"
                    + "</notification_parameters>")
            .groups();
    assertThat(groups.ofType("notify_params")).hasSize(2);
  }

  @Test
  void anIncludedFileStandsInThePlaceOfItsElementAndIsNotReadByItself() {
    String part = "<service name='b' type='service' version='1'/>";
    List<ManifestFile> read =
        format.read(
            List.of(
                file("m/a.xml", bundle("manifest", "<xi:include href='sub/b.xml'/>"), false),
                file("m/sub/b.xml", part, false)));
    assertThat(read.getFirst().problems()).isEmpty();
    assertThat(read.getFirst().services())
        .extracting(it -> it.fmri().service())
        .containsExactly("b");
    assertThat(read.getFirst().services().getFirst().origin()).hasToString("m/sub/b.xml:1:1");
    assertThat(read.get(1).services()).isEmpty();
    assertThat(read.get(1).problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"../out.xml", "none.xml", "http://127.0.0.1/x.xml", "a.xml"})
  void nothingOutsideOfTheDirectoryIsIncludedNorAFileInItself(String href) {
    String text = bundle("manifest", "<xi:include href='" + href + "'/>");
    ManifestFile read =
        format
            .read(
                List.of(
                    file("m/a.xml", text, false),
                    file("out.xml", "<service name='b' type='service' version='1'/>", true)))
            .getFirst();
    assertThat(read.problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.toString()).startsWith("m/a.xml:1:"))
        .satisfies(problem -> assertThat(problem.message()).startsWith("cannot include"));
  }

  @ParameterizedTest
  @CsvSource({"file:/var/svc/out.xml", "/etc/out.xml", "file:///etc/passwd"})
  void aFileOfAnotherMachineIsLookedForBesideTheIncludingOneAndElseDropped(String href) {
    String text = bundle("manifest", "<xi:include href='" + href + "'/>");
    String part = "<service name='b' type='service' version='1'/>";
    ManifestFile alone =
        format.read(List.of(file("m/a.xml", text, false), file("out.xml", part, true))).getFirst();
    assertThat(alone.problems()).isEmpty();
    assertThat(alone.services()).isEmpty();
    assertThat(alone.notes())
        .anySatisfy(note -> assertThat(note.fidelity()).isEqualTo(Fidelity.DROPPED));
    ManifestFile beside =
        format
            .read(List.of(file("m/a.xml", text, false), file("m/out.xml", part, true)))
            .getFirst();
    assertThat(beside.services()).hasSize(href.endsWith("out.xml") ? 1 : 0);
  }

  @Test
  void aFallbackStandsInForAFileThatIsNotThere() {
    ManifestFile read =
        read(
            bundle(
                "manifest",
                "<xi:include href='none.xml'><xi:fallback>"
                    + "<service name='b' type='service' version='1'/></xi:fallback></xi:include>"));
    assertThat(read.problems()).isEmpty();
    assertThat(read.services()).hasSize(1);
  }

  @Test
  void profilesAreAppliedAndManifestsImportedNeverTheOtherWay() {
    String profile =
        bundle(
            "profile",
            "<service name='a' type='service' version='1'><instance name='i' enabled='true'>"
                + "<property_group name='p' type='q'><propval name='x' value='1'/></property_group>"
                + "</instance></service>");
    assertThat(read(profile).problems().getFirst().toString())
        .isEqualTo("x.xml:1:17: cannot import a profile; use svccfg apply");
    ManifestFile applied = format.readProfiles(List.of(file("p.xml", profile, false))).getFirst();
    assertThat(applied.problems()).isEmpty();
    assertThat(applied.services().getFirst().instances().getFirst().enabled()).contains(true);
    assertThat(
            format.readProfiles(List.of(file("m.xml", service(""), false))).getFirst().problems())
        .extracting(problem -> problem.message())
        .containsExactly("cannot apply a bundle of type manifest");
  }

  @Test
  void aProfileThatDoesNotSayEnabledLeavesItAsItIs() {
    String profile =
        bundle(
            "profile",
            "<service name='a' type='service' version='1'><instance name='i'/></service>");
    ManifestFile applied = format.readProfiles(List.of(file("p.xml", profile, false))).getFirst();
    assertThat(applied.services().getFirst().instances().getFirst().enabled())
        .isEqualTo(Optional.empty());
  }

  @Test
  void everyNoteHasItsPlace() {
    assertThat(read(service(credential("basic,sys_smb"))).notes())
        .allMatch(note -> note.line() > 0 && note.column() > 0 && note.file().equals("x.xml"))
        .extracting(ImportNote::toString)
        .contains("x.xml:1:131: approximated: <method_credential privileges=>: capabilities []");
  }
}
