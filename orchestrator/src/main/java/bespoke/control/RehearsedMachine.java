package bespoke.control;

import bespoke.api.OperandMatcher;
import bespoke.engine.Event;
import bespoke.model.Actor;
import bespoke.model.FileFmri;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.model.ServiceFmri;
import bespoke.plan.Present;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The machine as it was when the rehearsal began; what is asked of it is only noted.
///
/// It never asks the engine: that may be waiting for the very configuration that is rehearsed, to
/// write something down.
final class RehearsedMachine implements Machine {
  private final Machine real;
  private final List<InstanceStatus> now;
  private final Map<InstanceFmri, InstanceStatus> statuses = new HashMap<>();
  private final Consumer<Event> asked;
  private final long pid;
  private final Optional<InstanceFmri> instanceOfCaller;

  /// @param pid of who asks
  RehearsedMachine(Machine real, long pid, Consumer<Event> asked) {
    this.real = real;
    this.pid = pid;
    this.instanceOfCaller = real.instanceOf(pid);
    this.now = real.statuses();
    this.asked = asked;
    now.forEach(status -> statuses.put(status.fmri(), status));
  }

  @Override
  public void request(Event.Requested event, Actor actor) {
    asked.accept(event);
  }

  /// No service notices, so there is nothing to rehearse.
  @Override
  public Runnable restartDaemon(Actor actor) {
    return () -> {};
  }

  @Override
  public void report(OutputStream out) throws IOException {
    real.report(out);
  }

  @Override
  public List<InstanceStatus> statuses() {
    return now;
  }

  @Override
  public Optional<InstanceStatus> status(InstanceFmri fmri) {
    return Optional.ofNullable(statuses.get(fmri));
  }

  @Override
  public List<InstanceFmri> instancesOf(ServiceFmri service) {
    return real.instancesOf(service);
  }

  @Override
  public boolean exists(FileFmri file) {
    return real.exists(file);
  }

  @Override
  public OperandMatcher.Catalogue catalogue() {
    return real.catalogue();
  }

  @Override
  public boolean isSettled() {
    return real.isSettled();
  }

  @Override
  public Watch watch(int backlog) {
    throw new UnsupportedOperationException("a rehearsal does not ask the engine");
  }

  @Override
  public Subscription<ContractNotice> contractEvents(int backlog) {
    throw new UnsupportedOperationException("in a rehearsal nothing happens");
  }

  @Override
  public Present present() {
    throw new UnsupportedOperationException("a rehearsal does not ask the engine");
  }

  @Override
  public Delegation delegation() {
    return real.delegation();
  }

  @Override
  public String logFile(InstanceFmri fmri) {
    return real.logFile(fmri);
  }

  @Override
  public List<String> unavailableLimits(InstanceStatus status) {
    return real.unavailableLimits(status);
  }

  @Override
  public List<Long> members(long contract) {
    return real.members(contract);
  }

  @Override
  public String contractBackEnd() {
    return real.contractBackEnd();
  }

  @Override
  public Optional<InstanceFmri> instanceOf(long process) {
    return process == pid ? instanceOfCaller : Optional.empty();
  }
}
