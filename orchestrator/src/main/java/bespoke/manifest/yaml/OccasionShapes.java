package bespoke.manifest.yaml;

import bespoke.manifest.yaml.Shape.Bounded;
import bespoke.manifest.yaml.Shape.Choice;
import bespoke.manifest.yaml.Shape.Field;
import bespoke.manifest.yaml.Shape.Fields;
import bespoke.manifest.yaml.Shape.Flag;
import bespoke.manifest.yaml.Shape.Items;
import bespoke.manifest.yaml.Shape.Text;
import java.util.ArrayList;
import java.util.List;

/// The shapes of `periodic`, `scheduled` and `inetd`: what an instance of the restarters
/// `system/svc/periodic-restarter` and `network/inetd` waits for (`docs/restarters.md`).
final class OccasionShapes {
  private static final Bounded SECONDS = new Bounded(0, 316_224_000, false);
  private static final Bounded COUNT = new Bounded(0, 1_000_000, false);

  /// Every so many seconds.
  static final Fields PERIODIC =
      Fields.of(
          "periodic",
          with(
              Field.required(
                  "period_seconds",
                  new Bounded(1, 316_224_000, false),
                  "Seconds from one run to the next."),
              Field.optional(
                  "delay_seconds", SECONDS, "Seconds before the first run; absent means none.")));

  /// At times of the calendar.
  static final Fields SCHEDULED =
      Fields.of(
          "scheduled",
          with(
              Field.optional(
                  "calendar",
                  ServiceShapes.textOrList(Format.CALENDAR, new Text(Format.CALENDAR)),
                  "Calendar events such as Mon..Fri 02:00 (systemd.time(7))."),
              Field.optional(
                  "cron",
                  ServiceShapes.textOrList(Format.CRON, new Text(Format.CRON)),
                  "Schedules such as 0 2 * * 1-5 (crontab(5))."),
              Field.optional(
                  "timezone",
                  new Text(Format.LINE),
                  "Of these times; absent means the machine's.")));

  /// On connections.
  static final Fields INETD =
      Fields.of(
          "inetd",
          List.of(
              Field.required(
                  "listen",
                  new Items(new Text(Format.LISTEN), 1),
                  "Where to listen: tcp://127.0.0.1:80, udp://*:53 or unix:/run/web.sock."),
              Field.optional(
                  "accept",
                  new Flag(),
                  "Whether each connection gets a process of its own; absent means false."),
              Field.optional(
                  "handover",
                  new Choice(List.of("stdio", "listen_fds")),
                  "How the process gets the socket; absent means stdio with accept, else"
                      + " listen_fds."),
              Field.optional(
                  "name",
                  ServiceShapes.textOrList(Format.LINE, new Text(Format.LINE)),
                  "Names of the sockets for LISTEN_FDNAMES."),
              Field.optional(
                  "backlog", COUNT, "Connections that may wait (listen(2)); absent means 4096."),
              Field.optional(
                  "socket_mode",
                  new Text(Format.UMASK),
                  "Permissions of a socket in the file system; absent means 0600."),
              Field.optional(
                  "socket_user", new Text(Format.ACCOUNT), "Its owner; absent means ours."),
              Field.optional(
                  "socket_group", new Text(Format.ACCOUNT), "Its group; absent means ours."),
              Field.optional(
                  "max_copies", COUNT, "Processes at a time, with accept; absent means 64."),
              Field.optional(
                  "failrate_cnt",
                  COUNT,
                  "More starts than this in the interval lead to maintenance; absent means 40."),
              Field.optional(
                  "failrate_interval", SECONDS, "The interval in seconds; absent means 60.")));

  private OccasionShapes() {}

  private static List<Field> with(Field... own) {
    List<Field> fields = new ArrayList<>(List.of(own));
    fields.add(
        Field.optional(
            "jitter_seconds", SECONDS, "At most so much is added to each time, by chance."));
    fields.add(
        Field.optional(
            "persistent",
            new Flag(),
            "Whether a time that passed while nobody looked is made up for at once."));
    fields.add(
        Field.optional(
            "failures_max",
            COUNT,
            "So many failed runs in a row lead to maintenance; absent means 3, 0 never."));
    return List.copyOf(fields);
  }
}
