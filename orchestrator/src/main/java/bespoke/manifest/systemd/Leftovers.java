package bespoke.manifest.systemd;

import bespoke.manifest.Fidelity;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Says of every directive that nothing has taken why it is left out.
final class Leftovers {

  private static final Set<String> SECTIONS =
      Set.of("Unit", "Service", "Install", "Socket", "Timer", "Path", "Target");

  private static final String NAMESPACES = "bespoke sets up no namespaces";
  private static final String FILTERS = "bespoke installs no filter of system calls";

  private record Reason(Pattern keys, Fidelity fidelity, String text) {
    Reason(String keys, Fidelity fidelity, String text) {
      this(Pattern.compile(keys), fidelity, text);
    }
  }

  private static final List<Reason> REASONS =
      List.of(
          new Reason(
              "Private.*|Protect.*|Read(Write|Only)(Paths|Directories)|Inaccessible(Paths|Directories)|"
                  + "(No)?ExecPaths|TemporaryFileSystem|Bind(ReadOnly)?Paths|Root.*|Mount.*|Extension.*|"
                  + "ProcSubset|NetworkNamespacePath|IPCNamespacePath",
              Fidelity.DROPPED,
              NAMESPACES),
          new Reason(
              "SystemCall.*|RestrictNamespaces|RestrictRealtime|RestrictSUIDSGID|"
                  + "RestrictAddressFamilies|LockPersonality|MemoryDenyWriteExecute|Personality",
              Fidelity.DROPPED,
              FILTERS),
          new Reason(
              "Device(Allow|Policy)|IP(AddressAllow|AddressDeny|Ingress.*|Egress.*|Accounting)|"
                  + "SocketBind.*|Restrict(NetworkInterfaces|FileSystems)|BPF.*",
              Fidelity.DROPPED,
              "bespoke attaches no programs to control groups"),
          new Reason(
              "SELinux.*|AppArmor.*|Smack.*", Fidelity.DROPPED, "bespoke sets no security labels"),
          new Reason(
              "SecureBits|KeyringMode|RemoveIPC|UtmpIdentifier|UtmpMode|PAMName|SendSIGHUP|"
                  + "TimerSlackNSec|CoredumpFilter|NUMA.*|.*KillSignal|WatchdogSignal|CPUSchedulingResetOnFork",
              Fidelity.DROPPED,
              "bespoke leaves it as it is"),
          new Reason("TTY.*|VTDisallocate", Fidelity.DROPPED, "a service has no terminal"),
          new Reason(
              "Syslog.*|Log[A-Z].*(?<!Directory)",
              Fidelity.DROPPED,
              "the log of a service has no tags and levels"),
          new Reason(
              "(Load|Set|Import)Credential.*",
              Fidelity.DROPPED,
              "there are no credentials; use a file"),
          new Reason(
              "Slice|Delegate.*|DisableControllers|Allowed.*|Startup.*|(CPU|Memory|Tasks|IO|BlockIO).*|"
                  + "ManagedOOM.*|OOMPolicy",
              Fidelity.DROPPED,
              "each service has a control group of its own, with the limits of docs/format.md"),
          new Reason(
              "NotifyAccess", Fidelity.APPROXIMATED, "every process of the service may send"),
          new Reason("BusName", Fidelity.APPROXIMATED, "nobody waits for the name on the bus"),
          new Reason("GuessMainPID", Fidelity.EXACT, "all processes are watched"),
          new Reason(
              "Sockets|FileDescriptorStoreMax|OpenFile|NonBlocking|USBFunction.*",
              Fidelity.DROPPED,
              "only the socket's own instance is given descriptors"),
          new Reason(
              "RestartMode|RestartSteps|"
                  + "RestartMaxDelaySec|RuntimeMaxSec|RuntimeRandomizedExtraSec|TimeoutAbortSec|"
                  + "Timeout(Start|Stop)FailureMode|ExitType|RootDirectoryStartOnly|PermissionsStartOnly",
              Fidelity.DROPPED,
              "bespoke makes no such difference"),
          new Reason(
              "DefaultDependencies|SurviveFinalKillSignal",
              Fidelity.EXACT,
              "says whether it waits for the machine to be set up"),
          new Reason(
              "RequiresMountsFor|WantsMountsFor",
              Fidelity.DROPPED,
              "file systems are mounted before bespoke starts"),
          new Reason(
              "AllowIsolate|IgnoreOnIsolate|IgnoreOnSnapshot|StopWhenUnneeded|RefuseManualStart|"
                  + "RefuseManualStop|OnFailureJobMode|OnSuccessJobMode|CollectMode|SurviveFinalKillSignal",
              Fidelity.DROPPED,
              "bespoke has no jobs and no isolation; svcadm milestone is the nearest"),
          new Reason(
              "Job.*|FailureAction.*|SuccessAction.*|StartLimitAction|RebootArgument",
              Fidelity.DROPPED,
              "a service never reboots the machine"),
          new Reason("IgnoreSIGPIPE", Fidelity.EXACT, "SIGPIPE does what it does by default"),
          new Reason("SourcePath", Fidelity.EXACT, "a remark"),
          new Reason("Also", Fidelity.APPROXIMATED, "enable the other one, too: svcadm enable"),
          new Reason(
              "PassEnvironment|ExecSearchPath",
              Fidelity.DROPPED,
              "nothing of the daemon's environment is inherited"),
          new Reason(
              "WakeSystem|OnClockChange|OnTimezoneChange|RandomizedOffsetSec|DeferReactivation",
              Fidelity.DROPPED,
              "the clock is read, not watched"),
          new Reason(
              "MakeDirectory|DirectoryMode|TriggerLimit.*|PollLimit.*|MaxConnections.*|KeepAlive.*|"
                  + "NoDelay|Pass.*|Receive.*|Send.*|Symlinks|RemoveOnStop|Free[Bb]ind|Transparent|Broadcast|"
                  + "ReusePort|Bind.*|Timestamping|Writable|Mark|Priority|Pipe.*|IPT.*|DeferAcceptSec|"
                  + "FlushPending|MessageQueue.*|SocketProtocol|TCPCongestion|TimeoutSec|AcceptFileDescriptors|Exec.*",
              Fidelity.DROPPED,
              "the restarter of sockets has no such option"));

  private Leftovers() {}

  /// Notes everything of a unit that has no note.
  static void note(Unit unit, Report report) {
    for (Assignment assignment : unit.assignments()) {
      if (!report.isNoted(assignment)) {
        note(assignment, report);
      }
    }
  }

  private static void note(Assignment assignment, Report report) {
    String key = assignment.key();
    if (assignment.section().startsWith("X-") || key.startsWith("X-")) {
      report.exact(assignment, "ignored by systemd, too");
    } else if (!SECTIONS.contains(assignment.section())) {
      report.dropped(
          assignment, "[" + assignment.section() + "] is no section of this kind of unit");
    } else if (assignment.isReset()) {
      report.exact(assignment, "resets what was never said");
    } else {
      REASONS.stream()
          .filter(reason -> reason.keys().matcher(key).matches())
          .findFirst()
          .ifPresentOrElse(
              reason -> report.note(reason.fidelity(), assignment, reason.text()),
              () -> report.dropped(assignment, "not known to this import"));
    }
  }
}
